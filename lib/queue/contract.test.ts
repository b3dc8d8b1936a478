import { describe, expect, it } from "vitest";
import { QueueQuerySchema } from "./contract";

describe("the queue's search", () => {
  it("is trimmed", () => {
    expect(QueueQuerySchema.parse({ q: "  laurel " }).q).toBe("laurel");
  });

  it("refuses a NUL character, which Postgres cannot compare", () => {
    expect(QueueQuerySchema.safeParse({ q: "a\0b" }).error?.issues[0]?.message).toBe(
      "must not contain a NUL character",
    );
  });
});
