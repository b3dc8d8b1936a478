import { spawnSync } from "node:child_process";

/** The system user that Postgres runs as; empty: the user of this process. */
export type ServerUser = { readonly uid?: number; readonly gid?: number };

/**
 * Postgres refuses to run as root, so for root it is the system user `postgres`, which is made where missing.
 * @throws Error with the command to run where it cannot be made
 */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const found = lookUp();
  if (found) return found;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]);
  const made = lookUp();
  if (made) return made;
  throw new Error(
    `Postgres does not run as root and there is no system user "${NAME}": run \`useradd --system --user-group ${NAME}\`, or start as an ordinary user`,
  );
}

/** Whether that user may read a file, all folders above it included. */
export function canReach(file: string, user: ServerUser): boolean {
  return spawnSync("/bin/sh", ["-c", 'test -r "$0"', file], { ...user, cwd: "/" }).status === 0;
}

const NAME = "postgres";

function lookUp(): ServerUser | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const { status, stdout } = spawnSync("id", [flag, NAME], { encoding: "utf8" });
    return status === 0 ? Number.parseInt(stdout, 10) : Number.NaN;
  });
  return uid !== undefined && Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : undefined;
}
