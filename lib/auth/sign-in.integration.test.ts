import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { pool } from "@/lib/db/pool";
import { createTestDatabase } from "@/lib/db/testing/test-database";
import { changeUser } from "@/lib/users/access-service";
import { createUser } from "@/lib/users/service";
import { ACCOUNT_FAILURES_MAX, ADDRESS_FAILURES_MAX } from "./policy";
import { signIn } from "./sign-in";

const SYSTEM = { id: null, label: "system" };
const PASSWORD = "harbour-lamp-42-violet";
const EMAIL = "maya@techflow.example";
const HERE = "192.0.2.7";
let mayaId: number;

beforeAll(async () => {
  await createTestDatabase();
  mayaId = (await createUser({ email: EMAIL, name: "Maya Lindqvist", role: "csm", password: PASSWORD, actor: SYSTEM }))
    .id;
});

beforeEach(async () => {
  await pool().query("DELETE FROM sign_in_attempt");
});

describe("signIn", () => {
  test("takes the right password, in whatever case the address is written", async () => {
    const result = await signIn({ email: " Maya@TechFlow.example ", password: PASSWORD, address: HERE });
    expect(result).toEqual({ status: "signed_in", userId: mayaId, sessionEpoch: 0 });
  });

  test("answers wrong password, unknown account and nonsense alike", async () => {
    const answers = await Promise.all([
      signIn({ email: EMAIL, password: "wrong", address: HERE }),
      signIn({ email: "nobody@techflow.example", password: PASSWORD, address: HERE }),
      signIn({ email: "nonsense", password: PASSWORD, address: HERE }),
      signIn({ email: EMAIL, password: "", address: HERE }),
    ]);
    expect(answers).toEqual(answers.map(() => ({ status: "wrong" })));
  });

  test("refuses a deactivated account and takes it again when it is reactivated", async () => {
    const admin = { id: null, label: "system" };
    await changeUser({ id: mayaId, change: { active: false }, actor: admin, now: new Date() });
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: HERE })).toEqual({ status: "wrong" });
    await changeUser({ id: mayaId, change: { active: true }, actor: admin, now: new Date() });
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: HERE })).toMatchObject({ status: "signed_in" });
  });

  test("after the allowed failures even the right password is refused, from any address", async () => {
    await failTimes(ACCOUNT_FAILURES_MAX);
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: "198.51.100.1" })).toEqual({ status: "too_many" });
  });

  test("refused attempts do not prolong the wait, and failures are forgotten after the window", async () => {
    await failTimes(ACCOUNT_FAILURES_MAX);
    await signIn({ email: EMAIL, password: PASSWORD, address: HERE });
    const { rows } = await pool().query("SELECT count(*)::int AS n FROM sign_in_attempt");
    expect(rows).toEqual([{ n: 2 * ACCOUNT_FAILURES_MAX }]);
    await pool().query("UPDATE sign_in_attempt SET at = at - interval '16 minutes'");
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: HERE })).toMatchObject({ status: "signed_in" });
  });

  test("a success clears the account's failures", async () => {
    await failTimes(ACCOUNT_FAILURES_MAX - 1);
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: HERE })).toMatchObject({ status: "signed_in" });
    await failTimes(1);
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: HERE })).toMatchObject({ status: "signed_in" });
  });

  test("an account that does not exist is limited just so", async () => {
    await failTimes(ACCOUNT_FAILURES_MAX, "nobody@techflow.example");
    const result = await signIn({ email: "nobody@techflow.example", password: "wrong", address: HERE });
    expect(result).toEqual({ status: "too_many" });
  });

  test("one address that tries many accounts is limited", async () => {
    await pool().query(
      "INSERT INTO sign_in_attempt (key, succeeded) SELECT $1, false FROM generate_series(1, $2::int)",
      [`address:${HERE}`, ADDRESS_FAILURES_MAX],
    );
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: HERE })).toEqual({ status: "too_many" });
    expect(await signIn({ email: EMAIL, password: PASSWORD, address: "198.51.100.1" })).toMatchObject({
      status: "signed_in",
    });
  });

  test("attempts sent at once cannot pass the limit together", async () => {
    const answers = await Promise.all(
      Array.from({ length: ACCOUNT_FAILURES_MAX + 5 }, () =>
        signIn({ email: EMAIL, password: "wrong", address: HERE }),
      ),
    );
    expect(answers.filter((answer) => answer.status === "wrong")).toHaveLength(ACCOUNT_FAILURES_MAX);
  });
});

async function failTimes(times: number, email = EMAIL): Promise<void> {
  for (let time = 0; time < times; time++) await signIn({ email, password: "wrong", address: HERE });
}
