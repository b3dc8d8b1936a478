import { PassThrough } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/env/free-port";
import { askOnTerminal } from "./ask-on-terminal";
import { OwnDataOffer } from "./own-data-offer";
import { listenForPeople, type WebServer } from "./web-server";

describe("the offer to begin with one's own data", () => {
  it("is accepted by its code alone, however it is typed", () => {
    for (const typed of [(code: string) => code, (code: string) => ` ${code.toLowerCase().replace("-", " ")} `]) {
      const offer = new OwnDataOffer();
      expect(offer.answer("AAAA-AAAA")).toBe("wrong");
      expect(offer.answer("")).toBe("wrong");
      expect(offer.state).toBe("open");
      expect(offer.answer(typed(offer.code))).toBe("accepted");
      expect(offer.state).toBe("accepted");
    }
  });

  it("has another code each time", () => {
    const codes = Array.from({ length: 50 }, () => new OwnDataOffer().code);
    expect(new Set(codes).size).toBe(50);
    expect(codes.every((code) => /^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/.test(code))).toBe(true);
  });

  it("closes after ten wrong codes: then the right one opens nothing", () => {
    const offer = new OwnDataOffer();
    for (let tries = 0; tries < 10; tries += 1) expect(offer.answer("WRONG")).toBe("wrong");
    expect(offer.answer(offer.code)).toBe("closed");
    expect(offer.state).toBe("closed");
  });

  it("once accepted stays so, once closed is not accepted any more", () => {
    const accepted = new OwnDataOffer();
    accepted.acceptHere();
    accepted.close();
    expect(accepted.state).toBe("accepted");
    const closed = new OwnDataOffer();
    closed.close();
    closed.acceptHere();
    expect(closed.state).toBe("closed");
  });
});

describe("the question on the terminal", () => {
  const terminal = () => ({ input: new PassThrough(), output: new PassThrough() });
  const ask = (args: Partial<Parameters<typeof askOnTerminal>[0]> & { lines?: string }) => {
    const there = terminal();
    if (args.lines) there.input.write(args.lines);
    return askOnTerminal({ terminal: there, timeoutMs: 10_000, signal: new AbortController().signal, ...args });
  };

  it.each([
    ["2\n", "own"],
    ["OWN\n", "own"],
    ["1\n", "demo"],
    ["\n", "demo"],
    ["what?\n3\n2\n", "own"],
  ])("%j means %s", async (lines, choice) => {
    expect(await ask({ lines })).toBe(choice);
  });

  it("without an answer in time is the demo", async () => {
    expect(await ask({ timeoutMs: 30 })).toBe("demo");
  });

  it("ends where somebody else has answered", async () => {
    expect(await ask({ signal: AbortSignal.timeout(30) })).toBeNull();
  });
});

describe("the offer on the progress page", () => {
  let web: WebServer | undefined;
  afterEach(() => web?.close());

  async function listen(): Promise<(code: string) => Promise<Response>> {
    const port = await freePort();
    web = await listenForPeople({ host: "127.0.0.1", port, trustForwarded: false });
    const body = (code: string) => new URLSearchParams({ code });
    return (code) =>
      fetch(`http://127.0.0.1:${port}/own-data`, { method: "POST", body: body(code), redirect: "manual" });
  }

  it("takes nothing where nothing is offered", async () => {
    const send = await listen();
    expect((await send("AAAA-AAAA")).status).toBe(503);
  });

  it("says that a code is wrong, and leads back where it is right", async () => {
    const send = await listen();
    const offer = new OwnDataOffer();
    web!.offerOwnData(offer);
    const wrong = await send("AAAA-AAAA");
    expect([wrong.status, await wrong.text()]).toEqual([403, expect.stringContaining("not the code")]);
    expect(offer.state).toBe("open");
    const right = await send(offer.code);
    expect([right.status, right.headers.get("location")]).toEqual([303, "/"]);
    expect(offer.state).toBe("accepted");
  });

  it("is not there any more once the product is", async () => {
    const send = await listen();
    const offer = new OwnDataOffer();
    web!.offerOwnData(offer);
    web!.handOver(async (_request, response) => {
      response.end("the product");
    });
    expect(await (await send(offer.code)).text()).toBe("the product");
    expect(offer.state).toBe("open");
  });

  it("reads no endless form", async () => {
    const send = await listen();
    const offer = new OwnDataOffer();
    web!.offerOwnData(offer);
    expect((await send(`${" ".repeat(1_000_000)}${offer.code}`)).status).toBe(403);
    expect(offer.state).toBe("open");
  });
});
