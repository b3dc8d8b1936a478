import type { PoolClient } from "pg";

/**
 * Called inside every write transaction of a job before it commits: throws where a newer claim of the same job run
 * exists, so that a worker that was thought dead cannot write over its successor (jobs/runner makes the real one).
 */
export type Fence = (client: PoolClient) => Promise<void>;

/** For work outside a job, where nobody can have taken over. */
export const NO_FENCE: Fence = async () => {};
