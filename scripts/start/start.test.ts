import { get, type IncomingMessage } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/env/free-port";
import { ArgumentError, parseStartArguments } from "./arguments";
import { describeCredentials } from "./describe-credentials";
import { NOTHING_DONE, withStep } from "./progress";
import { progressPagePolicy, renderProgressPage } from "./progress-page";
import { listenForPeople, type WebServer } from "./web-server";

describe("arguments of a start", () => {
  it("pass what is about the demo on, in words", () => {
    const { demo, choice } = parseStartArguments(["--customers", "200", "--weeks=30", "--signal", "low"]);
    expect(demo).toEqual(["--customers", "200", "--weeks", "30", "--signal", "low"]);
    expect(choice).toBe("demo");
  });

  it.each([
    [[], "ask"],
    [["--admin-email", "ada@harbour.example"], "ask"],
    [["--demo"], "demo"],
    [["--empty"], "own"],
  ])("%j leaves to a first start: %s", (words, choice) => {
    expect(parseStartArguments(words).choice).toBe(choice);
  });

  it("give an installation of one's own its company", () => {
    const words = [
      "--empty",
      "--company",
      "Harbour 7",
      "--zone",
      "Europe/Berlin",
      "--currency",
      "EUR",
      "--week-start",
      "sunday",
    ];
    expect(parseStartArguments(words).company).toEqual({
      companyName: "Harbour 7",
      zone: "Europe/Berlin",
      currency: "EUR",
      weekStart: "sunday",
    });
  });

  it.each([
    [["--customers", "many"], '--customers is "many": expected a number of customers such as 10000'],
    [["--weeks", "0"], '--weeks is "0": expected a number of weeks such as 78'],
    [["--signal", "loud"], '--signal is "loud": expected low, medium or high'],
    [["--empty", "--demo"], "--demo is about the demo company, which --empty leaves out: give one or the other"],
    [
      ["--zone", "UTC"],
      "--company, --zone, --currency and --week-start are about an installation of your own: add --empty",
    ],
    [["--empty", "--zone", "Berlin"], '--zone is "Berlin": expected an IANA time zone such as Europe/Berlin'],
    [["--empty", "--currency", "Euro"], '--currency is "Euro": expected three capital letters such as EUR'],
    [["--empty", "--seed", "2"], "--seed is about the demo company, which --empty leaves out: give one or the other"],
  ])("%j is refused in one line", (words, message) => {
    expect(() => parseStartArguments(words)).toThrow(new ArgumentError(message));
  });

  it("names an argument that does not exist", () => {
    expect(() => parseStartArguments(["--costumers", "5"])).toThrow(/--costumers/);
  });
});

describe("progress page", () => {
  const progress = {
    ...withStep(NOTHING_DONE, "data", { state: "running", fraction: 0.25, message: "<b>3 of 4</b>" }),
    data: "demo",
    ownDataOffered: false,
  } as const;

  it("shows every step with its state, and text as text", () => {
    const html = renderProgressPage(progress);
    expect(html.match(/<li /g)).toHaveLength(NOTHING_DONE.steps.length);
    expect(html).toContain('<progress max="1" value="0.250"');
    expect(html).toContain("&lt;b&gt;3 of 4&lt;/b&gt;");
    expect(html).not.toContain("<b>");
  });

  it("has a form for the code only while one's own data can be chosen", () => {
    expect(renderProgressPage(progress)).not.toContain("<form");
    const offering = renderProgressPage({ ...progress, ownDataOffered: true }, "<i>wrong</i>");
    expect(offering).toContain('<form method="post" action="/own-data">');
    expect(offering).toContain('role="alert">&lt;i&gt;wrong&lt;/i&gt;');
  });

  it.each([
    ["asking", "unless somebody says within half a minute"],
    ["demo", "makes a demo company"],
    ["own", "starts empty, for your own data"],
  ] as const)("says what is made: %s", (data, words) => {
    expect(renderProgressPage({ ...progress, data })).toContain(words);
  });

  it("may run its own script and nothing else", () => {
    expect(progressPagePolicy()).toMatch(/default-src 'none'.*script-src 'sha256-[^']+';/);
  });
});

describe("web server of a start", () => {
  let web: WebServer | undefined;
  afterEach(() => web?.close());

  async function listen(trustForwarded = false): Promise<string> {
    const port = await freePort();
    web = await listenForPeople({ host: "127.0.0.1", port, trustForwarded });
    return `http://127.0.0.1:${port}`;
  }

  it("answers people with the page, programs with 503, until it hands over", async () => {
    const url = await listen();
    const page = await fetch(`${url}/queue`, { headers: { accept: "text/html" } });
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect((await fetch(`${url}/api/v1/customers`)).status).toBe(503);
    expect((await fetch(`${url}/queue`, { method: "POST" })).status).toBe(503);
    web!.handOver(async (_request, response) => {
      response.end("the product");
    });
    expect(await (await fetch(`${url}/queue`)).text()).toBe("the product");
    web!.show(withStep(NOTHING_DONE, "serve", { state: "done" }));
    expect(await (await fetch(`${url}/progress.json`)).json()).toMatchObject({ ready: true });
  });

  it.each([
    [false, "127.0.0.1"],
    [true, "203.0.113.9"],
  ])("with trust in proxies %s a forwarded address becomes %s", async (trust, expected) => {
    const url = await listen(trust);
    web!.handOver(async (request, response) => {
      response.end(request.headers["x-forwarded-for"]);
    });
    const body = await new Promise<string>((resolve, reject) => {
      get(url, { headers: { "x-forwarded-for": "203.0.113.9" } }, (response: IncomingMessage) => {
        response.setEncoding("utf8").once("data", resolve);
      }).once("error", reject);
    });
    expect(body).toBe(expected);
  });

  it("says in one line that its port is taken", async () => {
    const url = await listen();
    const port = Number(new URL(url).port);
    await expect(listenForPeople({ host: "127.0.0.1", port, trustForwarded: false })).rejects.toThrow(
      `PORT is ${port}: another program listens there; set PORT to a free one`,
    );
  });
});

describe("sign-ins", () => {
  it("stand in columns; where there are none it says so", () => {
    const text = describeCredentials([
      { email: "a@x.example", name: "A", role: "csm", password: "p1" },
      { email: "longer@x.example", name: "B", role: "vp", password: "p2" },
    ]);
    expect(text.split("\n").slice(1)).toEqual(["  a@x.example       p1  csm", "  longer@x.example  p2  vp"]);
    expect(describeCredentials([])).toMatch(/No sign-ins/);
  });
});
