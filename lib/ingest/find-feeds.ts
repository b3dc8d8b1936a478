import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { CANONICAL_FILES, type CanonicalFile, ImportError } from "./contract";
import { canonicalFeed, type Feed } from "./feed";
import type { FileSpec } from "./file-spec";
import { FILE_SPECS } from "./files";

/** One canonical file, and what its rows come from. */
export type Step = { readonly spec: FileSpec; readonly feeds: readonly Feed[] };

/**
 * The canonical files that are in a directory, in the order of import.
 * @throws ImportError where there is none, or a CSV file of another name.
 */
export async function findCanonicalFeeds(directory: string): Promise<Step[]> {
  const names = await listDirectory(directory);
  const strangers = names.filter((name) => name.endsWith(".csv") && !CANONICAL_FILES.includes(name as CanonicalFile));
  if (strangers.length > 0) {
    throw new ImportError(
      `${directory}: unknown file ${strangers.sort().join(", ")}; expected some of ${CANONICAL_FILES.join(", ")}`,
    );
  }
  const specs = FILE_SPECS.filter((spec) => names.includes(spec.file));
  if (specs.length === 0) {
    throw new ImportError(`${directory}: nothing to import; expected some of ${CANONICAL_FILES.join(", ")}`);
  }
  return Promise.all(
    specs.map(async (spec) => ({ spec, feeds: [canonicalFeed(spec, await fileSize(directory, spec.file))] })),
  );
}

/** Names of what is in a directory. @throws ImportError where it cannot be read. */
export function listDirectory(directory: string): Promise<string[]> {
  return readdir(directory).catch((error: NodeJS.ErrnoException) => {
    throw new ImportError(`cannot read the directory ${directory}: ${error.code ?? error.message}`);
  });
}

/** In bytes. */
export async function fileSize(directory: string, file: string): Promise<number> {
  return (await stat(path.join(directory, file))).size;
}
