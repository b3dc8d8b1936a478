import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The commit of the code at work, with "+changes" where files differ from it; null where there is no repository. */
export async function codeRevision(): Promise<string | null> {
  try {
    const [commit, changes] = await Promise.all([
      run("git", ["rev-parse", "HEAD"]),
      run("git", ["status", "--porcelain", "--untracked-files=no"]),
    ]);
    return commit.stdout.trim() + (changes.stdout.trim() === "" ? "" : "+changes");
  } catch {
    // No git, or no repository: a deployed copy. The run then simply has no revision.
    return null;
  }
}
