import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

export type LibrarySource = "argument" | "environment" | "system" | "package";

export type LibraryCandidate = {
  /** An absolute path, or a bare name that the dynamic linker resolves. */
  readonly path: string;
  readonly source: LibrarySource;
};

/** Environment variable that names the library file. */
export const libraryPathVariable = "TIDELINE_LIBXGBOOST";

/**
 * Where libxgboost is looked for, in order. A path given as argument or in the environment is the only candidate: someone
 * who names a library must not silently get another.
 */
export function listLibraryCandidates(args: {
  path?: string;
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
}): LibraryCandidate[] {
  if (args.path) return [{ path: args.path, source: "argument" }];
  const fromEnvironment = args.env[libraryPathVariable];
  if (fromEnvironment) return [{ path: fromEnvironment, source: "environment" }];
  const names = systemNames(args.platform);
  const files = systemFolders(args.platform)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))
    .filter((file) => existsSync(file));
  const packaged = packagedLibrary(args.platform);
  return [
    ...[...names, ...files].map((file) => ({ path: file, source: "system" as const })),
    ...(packaged ? [{ path: packaged, source: "package" as const }] : []),
  ];
}

/**
 * Shared libraries that libxgboost needs, as paths to try in order for each: beside the library first (a package unpacked
 * by hand), then by name. Loading them beforehand satisfies the dynamic linker without LD_LIBRARY_PATH.
 */
export function listDependencyCandidates(libraryPath: string, platform: NodeJS.Platform): string[][] {
  const names = platform === "darwin" ? ["libomp.dylib"] : ["libgomp.so.1", "libdmlc.so.0"];
  return names.map((name) => {
    const beside = path.isAbsolute(libraryPath) ? [path.join(path.dirname(libraryPath), name)] : [];
    const folders = systemFolders(platform).map((folder) => path.join(folder, name));
    return [...[...beside, ...folders].filter((file) => existsSync(file)), name];
  });
}

/** The commands that install the library, for the end of an error message. */
export function mendInstructions(platform: NodeJS.Platform): string {
  if (platform === "darwin") {
    return "To mend it:\n  brew install libomp xgboost\nor name a library file: export TIDELINE_LIBXGBOOST=/path/to/libxgboost.dylib";
  }
  return [
    "To mend it, as root on Debian or Ubuntu:",
    "  apt-get install -y libxgboost0 libgomp1",
    "or as an ordinary user:",
    "  mkdir -p ~/xgboost && cd ~/xgboost",
    "  apt-get download libxgboost0 libdmlc0 libgomp1",
    '  for f in *.deb; do dpkg -x "$f" .; done',
    '  export TIDELINE_LIBXGBOOST=$(ls "$PWD"/usr/lib/*/libxgboost.so.0)',
    "Any other libxgboost from version 1.7 on can be named in the same variable.",
  ].join("\n");
}

function systemNames(platform: NodeJS.Platform): string[] {
  return platform === "darwin" ? ["libxgboost.dylib"] : ["libxgboost.so.0", "libxgboost.so"];
}

function systemFolders(platform: NodeJS.Platform): string[] {
  if (platform === "darwin") return ["/opt/homebrew/lib", "/opt/homebrew/opt/libomp/lib", "/usr/local/lib"];
  const triplet = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";
  return [`/usr/lib/${triplet}`, "/usr/lib64", "/usr/lib", "/usr/local/lib", "/usr/local/lib64"];
}

// Only the library file of this package is used, never its code.
function packagedLibrary(platform: NodeJS.Platform): string | undefined {
  if (platform !== "darwin" && (platform !== "linux" || process.arch !== "x64")) return undefined;
  const require = createRequire(import.meta.url);
  const folders = require.resolve.paths("xgboost_node") ?? [];
  const inside = platform === "darwin" ? "binary/libxgboost.dylib" : "lib/libxgboost.so";
  return folders.map((folder) => path.join(folder, "xgboost_node", inside)).find((file) => existsSync(file));
}
