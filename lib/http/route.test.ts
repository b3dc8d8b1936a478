import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import type { SignedInUser } from "@/lib/users/contract";
import { clientAddress } from "./client-address";
import { ErrorBodySchema } from "./contract";
import { DomainError, notFoundError } from "./domain-error";
import { publicRoute, route } from "./route";

const session = vi.hoisted(() => ({ user: null as SignedInUser | null }));
vi.mock("@/lib/auth/service", () => ({ currentUser: async () => session.user }));

const ADMIN: SignedInUser = { id: 1, email: "ada@techflow.example", name: "Ada", role: "admin" };
const logged: string[] = [];

beforeEach(() => {
  session.user = ADMIN;
  logged.length = 0;
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    logged.push(String(line));
    return true;
  });
});

afterEach(() => vi.restoreAllMocks());

const echo = route({
  roles: ["admin"],
  params: z.object({ id: z.coerce.number().int() }).strict(),
  query: z.object({ page: z.coerce.number().int().default(1) }).strict(),
  body: z.object({ reason: z.string().min(3, "expected at least 3 characters") }).strict(),
  handler: async ({ user, params, query, body }) => ({ user: user.id, ...params, ...query, ...body }),
});

describe("route", () => {
  test("hands the parsed parts to the handler and answers its result, never cached", async () => {
    const response = await send(echo, { body: { reason: "tested" }, search: "?page=3" });
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(await response.json()).toEqual({ user: 1, id: 7, page: 3, reason: "tested" });
  });

  test("without a session: 401, and the body is not even read", async () => {
    session.user = null;
    expect(await refusal(await send(echo, { raw: "{" }))).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  test("another role gets exactly what an unknown address gets", async () => {
    session.user = { ...ADMIN, role: "csm" };
    const forbidden = await refusal(await send(echo, { body: { reason: "tested" } }));
    const unknown = await refusal(
      await send(
        route({
          roles: ["csm"],
          handler: async () => {
            throw notFoundError();
          },
        }),
        {},
      ),
    );
    expect({ ...forbidden, requestId: "" }).toEqual({ ...unknown, requestId: "" });
    expect(forbidden.status).toBe(404);
  });

  test("a change asked for by another site is refused, a read is not", async () => {
    const crossSite = { "sec-fetch-site": "cross-site" };
    const refused = await refusal(await send(echo, { body: { reason: "tested" }, headers: crossSite }));
    expect(refused).toMatchObject({ status: 403, code: "cross_site" });
    const read = route({ roles: ["admin"], handler: async () => ({ read: true }) });
    expect((await send(read, { method: "GET", headers: crossSite })).status).toBe(200);
  });

  test.each([
    ["a field that does not fit", { body: { reason: "x" } }, "body.reason: expected at least 3 characters"],
    ["a field that nobody asked for", { body: { reason: "tested", extra: 1 } }, /^body: .*extra/],
    ["a query that nobody asked for", { body: { reason: "tested" }, search: "?other=1" }, /^query: .*other/],
    ["a path that does not fit", { body: { reason: "tested" }, id: "x" }, /^path\.id: /],
    ["what is not JSON", { raw: "{" }, "body: expected JSON"],
    ["another content type", { raw: "{}", type: "text/plain" }, "body: expected content-type application/json"],
    ["a body beyond all measure", { raw: `"${"x".repeat(1_000_001)}"` }, /^body: expected at most 1000000/],
  ])("%s is named", async (_case, request, message) => {
    const answer = await refusal(await send(echo, request));
    expect(answer).toMatchObject({ status: 400, code: "invalid_input" });
    expect(answer.message).toMatch(message);
  });

  test("an expected refusal keeps its words; nothing returned is 204", async () => {
    const conflict = route({
      roles: ["admin"],
      handler: async () => {
        throw new DomainError("conflict", "Changed elsewhere.");
      },
    });
    expect(await refusal(await send(conflict, {}))).toMatchObject({ status: 409, message: "Changed elsewhere." });
    expect((await send(route({ roles: ["admin"], handler: async () => undefined }), {})).status).toBe(204);
  });

  test("a fault is logged once with its stack and tells the client nothing of the inside", async () => {
    const broken = route({
      roles: ["admin"],
      handler: async () => {
        throw new Error("relation secret_table does not exist");
      },
    });
    const answer = await refusal(await send(broken, {}));
    expect(answer).toMatchObject({ status: 500, code: "internal" });
    expect(answer.message).not.toContain("secret_table");
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain("secret_table");
    expect(logged[0]).toContain(answer.requestId);
  });
});

describe("publicRoute", () => {
  const open = publicRoute({
    body: z.object({ secret: z.string().min(3, "expected at least 3 characters") }).strict(),
    handler: async ({ body }) => ({ length: body.secret.length }),
  });

  test("answers people who are not signed in", async () => {
    session.user = null;
    expect(await (await send(open, { body: { secret: "abcd" } })).json()).toEqual({ length: 4 });
  });

  test("takes nothing from another site, and nothing that does not fit", async () => {
    const crossSite = { "sec-fetch-site": "cross-site" };
    const refused = await refusal(await send(open, { body: { secret: "abcd" }, headers: crossSite }));
    expect(refused).toMatchObject({ status: 403, code: "cross_site" });
    const wrong = await refusal(await send(open, { body: { secret: "x" } }));
    expect(wrong).toMatchObject({ status: 400, message: "body.secret: expected at least 3 characters" });
  });
});

test.each([
  ["the nearest address counts, not what a client may have written before it", "203.0.113.9, 192.0.2.7", "192.0.2.7"],
  ["without the header nobody is told apart", null, "unknown"],
  ["nor with an empty one", "", "unknown"],
])("%s", (_rule, forwardedFor, expected) => {
  expect(clientAddress(forwardedFor)).toBe(expected);
});

type Sent = {
  method?: string;
  body?: unknown;
  raw?: string;
  type?: string;
  search?: string;
  id?: string;
  headers?: Record<string, string>;
};

test("a body that is cut off is refused, and no failure of the product", async () => {
  const cut = new ReadableStream({ pull: (controller) => controller.error(new Error("aborted")) });
  const headers = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
  const init = { method: "POST", body: cut, headers, duplex: "half" } as RequestInit;
  const request = new Request("http://app.example/api/v1/things/7", init);
  const response = await echo(request, { params: Promise.resolve({ id: "7" }) });
  expect(await refusal(response)).toMatchObject({ status: 400, code: "invalid_input" });
  expect(logged.join()).not.toContain('"level":"error"');
});

async function send(handler: ReturnType<typeof route>, sent: Sent): Promise<Response> {
  const method = sent.method ?? "POST";
  const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
  const headers = { "sec-fetch-site": "same-origin", "content-type": sent.type ?? "application/json", ...sent.headers };
  const request = new Request(`http://app.example/api/v1/things/7${sent.search ?? ""}`, { method, body, headers });
  return handler(request, { params: Promise.resolve({ id: sent.id ?? "7" }) });
}

async function refusal(response: Response) {
  return { status: response.status, ...ErrorBodySchema.parse(await response.json()) };
}
