import { isNativeError } from "node:util/types";
import { trace } from "@opentelemetry/api";
import type { ErrorRequestHandler, RequestHandler, Response } from "express";
import type { Logger } from "pino";
import { isOutdatedPlan } from "../database/lent-connection.ts";
import { BadRequest, NotFound, Overloaded, Problem, Unavailable } from "../errors.ts";
import { activeSpanContext } from "../telemetry/active-span.ts";
import { currentRequest } from "./request-context.ts";

/** An RFC 9457 problem document as the mall sends it. */
export interface ProblemDocument {
  type: string;
  title: string;
  status: number;
  detail: string;
  requestId?: string;
  traceId?: string;
  errors?: readonly { field: string; message: string }[];
  [extension: string]: unknown;
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad request",
  402: "Payment refused",
  403: "Forbidden",
  404: "Not found",
  405: "Method not allowed",
  409: "Conflict",
  413: "Content too large",
  415: "Unsupported media type",
  422: "Invalid input",
  500: "Internal error",
  502: "Bad gateway",
  503: "Service unavailable",
  504: "Deadline exceeded",
};

export function problemDocument(problem: Problem): ProblemDocument {
  const traceId = activeSpanContext()?.traceId;
  const requestId = currentRequest()?.requestId;
  return {
    type: `urn:mall:problem:${problem.code}`,
    title: titles[problem.status] ?? "Problem",
    status: problem.status,
    detail: problem.message,
    ...problem.extensions,
    ...(problem.errors.length > 0 && { errors: problem.errors }),
    ...(requestId && { requestId }),
    ...(traceId && { traceId }),
  };
}

export function sendProblem(response: Response, problem: Problem): void {
  if (problem.retryAfter !== undefined) response.set("retry-after", String(problem.retryAfter));
  response
    .status(problem.status)
    .type("application/problem+json")
    .send(JSON.stringify(problemDocument(problem)));
}

export const notFound: RequestHandler = (request) => {
  throw new NotFound(`There is nothing at ${request.path}. The endpoints are listed at /openapi.json.`);
};

/** Puts a server-side failure on the active span and into the log, however it is answered afterwards. */
export const recordFailure =
  (logger: Logger): ErrorRequestHandler =>
  (error: unknown, _request, _response, next) => {
    const problem = asProblem(error);
    // Turning a request away is no failure, and must stay cheap: the line and the metric of the request tell of it.
    if (problem.status >= 500 && !(problem instanceof Overloaded)) {
      trace.getActiveSpan()?.recordException(error instanceof Error ? error : String(error));
      logger.error({ err: error }, problem.message);
    }
    next(error);
  };

/** The one place where errors become HTTP answers. */
export const problemHandler: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  // Once the head is out, only Express's own handler can end the answer: by cutting the connection.
  if (response.headersSent) return next(error);
  sendProblem(response, asProblem(error));
};

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (isBodyError(error)) return fromBodyError(error);
  // The router's, for a path with a broken percent-encoding.
  if (isNativeError(error) && error.name === "URIError" && "status" in error)
    return new BadRequest("The address cannot be read. Encode it as UTF-8.", [], error);
  if (isUnstorable(error))
    return new BadRequest(
      "The request holds a character that cannot be stored. Send text in UTF-8.",
      [],
      error,
    );
  if (isDatabaseOutage(error))
    return new Unavailable("The service cannot reach its database. Try again in a moment.", { cause: error });
  return new Problem(
    500,
    "internal",
    "Something went wrong in the mall. The trace id helps to find out what.",
    {
      cause: error,
    },
  );
}

// PostgreSQL's SQLSTATEs for text that it cannot hold: a NUL, or an unpaired surrogate.
const isUnstorable = (error: unknown): boolean =>
  isNativeError(error) && "code" in error && (error.code === "22021" || error.code === "22P05");

interface BodyError extends Error {
  status: number;
  type: string;
  /** In bytes, of a body that was too large. */
  limit?: number;
}

// Express and its body parsers mark what the client did wrong with `type` and a 4xx `status`.
const isBodyError = (error: unknown): error is BodyError =>
  isNativeError(error) && "type" in error && "status" in error && Number(error.status) < 500;

function fromBodyError(error: BodyError): Problem {
  if (error.type === "entity.too.large") {
    const most = `${(error.limit ?? 0) / 1024} kB`;
    return new Problem(413, "content-too-large", `The body is too large. Send less than ${most}.`, {
      errors: [{ field: "body", message: `is larger than ${most}` }],
    });
  }
  return error.status === 415
    ? new Problem(415, "unsupported-media-type", error.message)
    : new BadRequest(
        "The body cannot be read. Send well-formed content of the announced type.",
        [{ field: "body", message: error.message }],
        error,
      );
}

const networkFailures = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);

// The driver's own errors have no code.
const driverFailure =
  /^(Connection terminated|Query read timeout|timeout e(xpired|xceeded when)|Cannot use a pool)|not queryable$/;

// SQLSTATE class 08 and 57: the connection or the server went away, or a statement took too long; 53: out of
// resources; 40: try again.
function isDatabaseOutage(error: unknown): boolean {
  // Not `instanceof`: errors of Node's own modules are of another realm when Jest runs the service.
  if (!isNativeError(error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    /^(08|53|40|57)...$/.test(code) ||
    isOutdatedPlan(error) ||
    networkFailures.has(code) ||
    driverFailure.test(error.message)
  );
}
