import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { refuseForeign, setSecurityHeaders } from "./guard.ts";
import { toProblem } from "./problem.ts";
import { sendProblem } from "./respond.ts";
import { findRoute, type Route } from "./router.ts";

/** How long a sender may go on with a body that was refused, before its connection is cut. */
const DRAIN_MS = 1_000;

/** Routes as a request listener: guards first, errors mapped to problem documents once. */
export function createListener({
  routes,
  allowedHosts,
  onRefused,
  onError,
}: {
  routes: readonly Route[];
  /** Names besides the loopback ones by which it may be called. */
  allowedHosts: readonly string[];
  /** A request was answered with 4xx before or by its route. */
  onRefused: (request: IncomingMessage) => void;
  /** A fault of our own. */
  onError: (error: unknown) => void;
}): RequestListener {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    setSecurityHeaders(response);
    refuseForeign(request, allowedHosts);
    const url = new URL(request.url ?? "/", "http://observatory");
    const { route, params } = findRoute(routes, request.method ?? "GET", url.pathname);
    await route.handle({ request, response, params, query: url.searchParams, path: url.pathname });
  }

  function fail(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    const problem = toProblem(error);
    if (problem.status < 500) onRefused(request);
    if (problem.status === 500) onError(problem.cause);
    if (response.headersSent) response.destroy();
    else sendProblem(response, problem);
  }

  return (request, response) => {
    answer(request, response)
      .catch((error: unknown) => fail(error, request, response))
      .finally(() => drain(request));
  };
}

/** A refused body is read and thrown away for a moment: cut at once, the sender would never see why. */
function drain(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  request.resume();
  const timer = setTimeout(() => request.destroy(), DRAIN_MS).unref();
  request.once("close", () => clearTimeout(timer));
}
