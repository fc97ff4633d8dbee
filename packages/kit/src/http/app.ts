import express, { type Express, type RequestHandler } from "express";
import type { Logger } from "pino";
import { Unavailable } from "../errors.ts";
import type { FaultInjector } from "../faults/fault-injector.ts";
import { activeSpanContext } from "../telemetry/active-span.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { limitInFlight, type Admission } from "./load-shedding.ts";
import { openApiDocument } from "./openapi.ts";
import { notFound, problemHandler, recordFailure, sendProblem } from "./problem.ts";
import { registerRoutes } from "./register-routes.ts";
import { currentRequest, enterRequest } from "./request-context.ts";
import type { Route } from "./route.ts";

export interface HttpAppOptions {
  name: string;
  description: string;
  routes: readonly Route[];
  /** Runs before the routes, after telemetry: security headers, sessions. */
  middleware?: readonly RequestHandler[];
  /** Turns errors into pages instead of problem documents where it wants to. */
  errorHandler?: express.ErrorRequestHandler;
  logger: Logger;
  metrics: Metrics;
  faults: FaultInjector;
  /** Resolves when the service can do its work, rejects with the reason when it can't. */
  ready: () => Promise<void>;
  checkAnswers?: boolean;
  /** Requests worked on at once; more are told to come back instead of making all wait. */
  maxInFlight?: number;
  /** For a service that strangers call: whom to turn away first, and that before all have to wait. */
  admission?: Admission | undefined;
}

// nginx's 499: the caller hung up before there was an answer. Without it such a request would count as a 200.
const clientGone = 499;
// No request may take longer than this, whatever its route or its caller says. In milliseconds.
const longestRequestMs = 30_000;

/** The Express app of one service. Pure: no environment, no globals, no listening. */
export function createHttpApp(options: HttpAppOptions): Express {
  const { logger, faults, routes } = options;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag"); // A fifth of a small answer's cost, and nobody inside the mall asks conditionally.
  app.set("query parser", "simple");

  app.get("/healthz", (_request, response) => void response.json({ status: "alive" }));
  app.get("/readyz", readiness(options.ready));
  app.get("/metrics", async (_request, response) => {
    response.type(options.metrics.registry.contentType).send(await options.metrics.registry.metrics());
  });
  let document: Promise<object> | undefined;
  app.get("/openapi.json", async (_request, response) => {
    response.json(await (document ??= openApiDocument(options, routes)));
  });

  app.use(requestScope);
  app.use(observed(options.metrics, logger));
  app.use(limitInFlight(options.maxInFlight ?? 512, options.admission));
  for (const handler of options.middleware ?? []) app.use(handler);
  registerRoutes(app, routes, {
    checkAnswers: options.checkAnswers ?? false,
    // After the match, so that an injected fault is traced, logged and counted under the route that it hits.
    beforeEach: faults.middleware,
  });
  app.use(notFound);
  app.use(recordFailure(logger));
  if (options.errorHandler) app.use(options.errorHandler);
  app.use(problemHandler);
  return app;
}

const requestScope: RequestHandler = (request, response, next) =>
  enterRequest(request, longestRequestMs, () => {
    response.set("x-request-id", currentRequest()?.requestId ?? "");
    next();
  });

const readiness =
  (ready: () => Promise<void>): RequestHandler =>
  async (_request, response) => {
    try {
      await ready();
      response.json({ status: "ready" });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      sendProblem(response, new Unavailable(`Not ready: ${reason}`, { cause }));
    }
  };

/** One duration sample with its trace as exemplar, and one log line, for every request that ends. */
function observed(metrics: Metrics, logger: Logger): RequestHandler {
  return (request, response, next) => {
    const start = performance.now();
    const span = activeSpanContext();
    const requestId = currentRequest()?.requestId;
    response.once("close", () => {
      const seconds = (performance.now() - start) / 1000;
      // A path without a route is a stranger's choice; as a label it would grow without end.
      const route = typeof response.locals["route"] === "string" ? response.locals["route"] : "(none)";
      const aborted = !response.writableFinished;
      const status = response.headersSent ? response.statusCode : clientGone;
      metrics.observeServerRequest({
        method: request.method,
        route,
        status,
        seconds,
        span,
      });
      logger.info(
        {
          requestId,
          ...(span && { trace_id: span.traceId, span_id: span.spanId }),
          method: request.method,
          route,
          status,
          ms: Math.round(seconds * 1e4) / 10,
          ...(aborted && { aborted }),
        },
        "request",
      );
    });
    next();
  };
}
