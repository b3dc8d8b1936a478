import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SYSTEM_ACTOR } from "@/lib/audit/service";
import { inTransaction, pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { jobRunId } from "./run-id";
import {
  claimRun,
  failExhaustedRuns,
  fenceOf,
  findOpenRuns,
  finishRun,
  forgetHeartbeat,
  getJobRun,
  insertWaitingRuns,
  listJobRuns,
  releaseRun,
  requestJob,
  updateHeartbeat,
} from "./service";

const slot = new Date("2026-11-16T09:00:00Z");
const id = jobRunId("score-accounts", slot);
const rules = { attemptsMax: 2, staleSeconds: 45, retryPauseSeconds: 60 };
const claimAs = (claimedBy: string) => claimRun({ id, claimedBy, ...rules });
const age = (column: "heartbeat_at" | "finished_at", seconds: number) =>
  pool().query(`UPDATE job_run SET ${column} = now() - make_interval(secs => $1)`, [seconds]);

describe("job runs", () => {
  beforeAll(async () => {
    await createTestDatabase();
  });
  beforeEach(async () => {
    await pool().query("DELETE FROM job_run");
    await insertWaitingRuns([{ id, job: "score-accounts", slot, payload: {}, requestedBy: null }]);
  });

  it("have one row for a slot, however often it is found due", async () => {
    const again = { id, job: "score-accounts", slot, payload: {}, requestedBy: null };
    expect(await insertWaitingRuns([again, again])).toBe(0);
  });

  it("are claimed by one of many who try at once", async () => {
    const claims = await Promise.all(["a", "b", "c", "d", "e"].map(claimAs));
    const won = claims.filter((claim) => claim !== null);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ id, attempt: 1, fencingToken: "1", slot });
  });

  it("are claimed anew with a higher token once their worker is not heard of, and not before", async () => {
    await claimAs("first");
    await age("heartbeat_at", 40);
    expect(await claimAs("second")).toBeNull();
    await age("heartbeat_at", 50);
    expect(await claimAs("second")).toMatchObject({ attempt: 2, fencingToken: "2" });
  });

  it("are claimed at once where their worker is known to be dead", async () => {
    await claimAs("machine/1/x");
    await forgetHeartbeat({ id, claimedBy: "machine/1/x" });
    expect(await claimAs("second")).not.toBeNull();
  });

  it("let a worker write only while it holds the claim", async () => {
    const first = await claimAs("first");
    await inTransaction(fenceOf(first!));
    await age("heartbeat_at", 50);
    const second = await claimAs("second");
    await expect(inTransaction(fenceOf(first!))).rejects.toThrow(/another worker has it/);
    await inTransaction(fenceOf(second!));
    expect(await updateHeartbeat({ ...first!, progress: null })).toBe(false);
    expect(await finishRun({ ...first!, status: "succeeded", result: {}, error: null })).toBe(false);
    expect(await finishRun({ ...second!, status: "succeeded", result: { n: 1 }, error: null })).toBe(true);
    expect(await getJobRun(id)).toMatchObject({ status: "succeeded", result: { n: 1 }, attempt: 2 });
  });

  it("cannot be claimed while their worker's transaction is past its fence", async () => {
    const first = await claimAs("first");
    // Its heartbeat is old: only the lock of the fence tells that it lives.
    await age("heartbeat_at", 3_600);
    await inTransaction(async (client) => {
      await fenceOf(first!)(client);
      expect(await claimAs("second")).toBeNull();
      expect(await updateHeartbeat({ ...first!, progress: null })).toBe(true);
    });
    expect(await claimAs("second")).not.toBeNull();
  });

  it("are tried again after a failure, after a pause, as often as allowed", async () => {
    const fail = async (token: string) =>
      finishRun({ id, fencingToken: token, status: "failed", result: { retryable: true }, error: "no luck" });
    await claimAs("a");
    await fail("1");
    await age("finished_at", 59);
    expect(await claimAs("a")).toBeNull();
    await age("finished_at", 61);
    expect(await claimAs("a")).toMatchObject({ attempt: 2 });
    await fail("2");
    await age("finished_at", 3600);
    expect(await claimAs("a")).toBeNull();
  });

  it("are not tried again where that would not help", async () => {
    await claimAs("a");
    await finishRun({ id, fencingToken: "1", status: "failed", result: { retryable: false }, error: "no champion" });
    await age("finished_at", 3600);
    expect(await claimAs("a")).toBeNull();
    expect(await findOpenRuns({ staleSeconds: 45 })).toEqual([]);
  });

  it("are given up where the last allowed attempt was lost", async () => {
    await claimAs("a");
    await age("heartbeat_at", 50);
    await claimAs("b");
    await age("heartbeat_at", 50);
    expect(await claimAs("c")).toBeNull();
    expect(await failExhaustedRuns({ job: "score-accounts", attemptsMax: 2, staleSeconds: 45 })).toEqual([id]);
    expect(await getJobRun(id)).toMatchObject({
      status: "failed",
      error: "Its process was lost; given up after 2 attempts.",
    });
  });

  it("wait again, the attempt not counted, where their worker was stopped", async () => {
    await releaseRun((await claimAs("a"))!);
    expect(await getJobRun(id)).toMatchObject({ status: "waiting", attempt: 0 });
    expect(await claimAs("b")).toMatchObject({ attempt: 1, fencingToken: "3" });
  });

  it("carry the latest progress", async () => {
    const claim = await claimAs("a");
    await updateHeartbeat({ ...claim!, progress: { step: "Scoring", fraction: 0.5 } });
    await updateHeartbeat({ ...claim!, progress: null });
    expect((await getJobRun(id))?.progress).toEqual({ step: "Scoring", fraction: 0.5 });
  });

  it("are requested with a checked payload and an audit event", async () => {
    const { id: requested } = await requestJob({
      job: "build-features",
      payload: { asOf: "2026-11-16" },
      actor: SYSTEM_ACTOR,
      now: new Date("2026-11-17T10:00:00Z"),
    });
    expect(await getJobRun(requested)).toMatchObject({ status: "waiting", payload: { asOf: "2026-11-16" } });
    const { rows } = await pool().query("SELECT action, subject_id FROM audit_event");
    expect(rows).toContainEqual({ action: "job.request", subject_id: requested });
  });

  it.each([
    ["unknown-job", {}, /no job "unknown-job"; expected one of .*score-accounts/],
    ["build-features", { asOf: "16.11.2026" }, /build-features, asOf: expected a date/],
    ["train-model", { rounds: 5 }, /train-model.*rounds/],
  ])("refuse a request of %s with %j", async (job, payload, message) => {
    await expect(requestJob({ job, payload, actor: SYSTEM_ACTOR, now: new Date() })).rejects.toThrow(message);
  });

  it("are listed newest first, page by page, none twice and none left out", async () => {
    const more = Array.from({ length: 7 }, (_, hour) => new Date(Date.UTC(2026, 10, 17, hour)));
    await insertWaitingRuns(
      more.map((at) => ({
        id: jobRunId("build-features", at),
        job: "build-features",
        slot: at,
        payload: {},
        requestedBy: null,
      })),
    );
    const seen: string[] = [];
    let before: string | null = null;
    do {
      const page = await listJobRuns({ limit: 3, before });
      seen.push(...page.runs.map((run) => run.id));
      before = page.nextBefore;
    } while (before);
    expect(seen).toHaveLength(8);
    expect(new Set(seen).size).toBe(8);
    expect(seen.at(-1)).toBe(id);
  });
});
