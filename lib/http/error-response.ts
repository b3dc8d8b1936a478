import type { ZodError } from "zod";
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from "./contract";
import { DomainError } from "./domain-error";
import { logEvent } from "./log";

/**
 * The one place where errors become answers. Expected errors keep their code and message; anything else is logged with
 * its stack and answered with a message that says nothing about the inside. Each is logged once.
 */
export function errorResponse(error: unknown, request: { requestId: string; method: string; path: string }): Response {
  const { code, message } = asAnswer(error);
  const status = ERROR_STATUS[code];
  const place = { requestId: request.requestId, method: request.method, path: request.path, code };
  if (code === "internal")
    logEvent("error", "request failed", { ...place, error: error instanceof Error ? error.stack : String(error) });
  else logEvent("warn", "request refused", { ...place, message });
  const body: ErrorBody = { code, message, requestId: request.requestId };
  return Response.json(body, { status, headers: { "x-request-id": request.requestId, "cache-control": "no-store" } });
}

function asAnswer(error: unknown): { code: ErrorCode; message: string } {
  if (error instanceof DomainError) return { code: error.code, message: error.message };
  return {
    code: "internal",
    message: "Something went wrong on our side. Try again; if it stays, name the request id.",
  };
}

/** The first problem of a failed parse, naming the place: "body.reason: expected …". */
export function invalidInput(place: string, error: ZodError): DomainError {
  const issue = error.issues[0];
  const path = [place, ...(issue?.path ?? []).map(String)].join(".");
  return new DomainError("invalid_input", `${path}: ${issue?.message ?? "not as expected"}`);
}
