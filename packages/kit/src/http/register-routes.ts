import express, { type Express, type RequestHandler, type Response } from "express";
import { DeadlineExceeded, Problem } from "../errors.ts";
import { readInput } from "./read-input.ts";
import { limitDeadline, remainingMs } from "./request-context.ts";
import type { Answer, Method, Route } from "./route.ts";
import { nameServerSpan } from "./server-span.ts";

const defaultTimeoutMs = 5_000;
const mostBodyKb = 256;

export interface RegisterOptions {
  /** Check every JSON answer against its declared schema and fail on a difference. For tests: it costs time. */
  checkAnswers: boolean;
  /** Runs once a route is found, before its body is read; not for an untraced one. */
  beforeEach: RequestHandler;
}

/** Adds the routes to the app; a path that exists but not with this method answers 405 with `Allow`. */
export function registerRoutes(app: Express, routes: readonly Route[], options: RegisterOptions): void {
  const methodsByPath = new Map<string, Method[]>();
  for (const route of routes) {
    const path = expressPath(route.path);
    const before = route.untraced ? [] : [options.beforeEach];
    app[route.method](path, entered(route), ...before, ...bodyParsers(route), handlerOf(route, options));
    methodsByPath.set(path, [...(methodsByPath.get(path) ?? []), route.method]);
  }
  for (const [path, methods] of methodsByPath) app.all(path, methodNotAllowed(methods));
}

const expressPath = (openApiPath: string): string => openApiPath.replaceAll(/\{(\w+)\}/g, ":$1");

/** Before the body is read, so that a refused body too is counted and traced under its route. */
const entered =
  ({ method, path, timeoutMs = defaultTimeoutMs }: Route): RequestHandler =>
  (_request, response, next) => {
    nameServerSpan(method, path);
    response.locals["route"] = path;
    limitDeadline(timeoutMs);
    next();
  };

function bodyParsers(route: Route): RequestHandler[] {
  if (!route.body) return [];
  const limit = `${route.mostBodyKb ?? mostBodyKb}kb`;
  return route.bodyType === "form"
    ? [requireType("application/x-www-form-urlencoded"), express.urlencoded({ limit, extended: false })]
    : [
        requireType("application/json", "application/cloudevents+json"),
        express.json({ limit, type: ["application/json", "application/cloudevents+json"] }),
      ];
}

const requireType =
  (...types: string[]): RequestHandler =>
  (request, _response, next) => {
    if (request.is(types)) return next();
    throw new Problem(415, "unsupported-media-type", `Send the body as ${types[0]}.`, {
      errors: [{ field: "content-type", message: `must be ${types.join(" or ")}` }],
    });
  };

const methodNotAllowed =
  (methods: readonly Method[]): RequestHandler =>
  (_request, response) => {
    const allowed = methods.map((method) => method.toUpperCase()).join(", ");
    response.set("allow", allowed);
    throw new Problem(405, "method-not-allowed", `Use ${allowed} here.`);
  };

function handlerOf(route: Route, { checkAnswers }: RegisterOptions): RequestHandler {
  return async (request, response) => {
    const input = readInput(route, request, response);
    const answer = await beforeDeadline(() => route.handle(input));
    if (checkAnswers) assertDeclared(route, answer);
    send(response, answer);
  };
}

/** Answers at the deadline even when the work does not; the work itself is stopped by its own calls' deadlines. */
async function beforeDeadline<T>(work: () => Promise<T> | T): Promise<T> {
  const timeoutMs = remainingMs();
  if (timeoutMs <= 0) throw outOfTime();
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(outOfTime()), timeoutMs);
  });
  try {
    return await Promise.race([work(), expiry]);
  } finally {
    clearTimeout(timer);
  }
}

const outOfTime = () => new DeadlineExceeded("The time for this request has run out. Try again.");

function send(response: Response, { status, body, contentType, headers = {} }: Answer): void {
  response.status(status);
  for (const [name, value] of Object.entries(headers)) {
    response.set(name, typeof value === "string" ? value : [...value]);
  }
  if (body === undefined) return void response.end();
  if (typeof body === "string" || Buffer.isBuffer(body))
    return void response.type(contentType ?? "text/plain").send(body);
  response.json(body);
}

function assertDeclared(route: Route, { status, body, contentType }: Answer): void {
  const where = `${route.method.toUpperCase()} ${route.path}`;
  if (contentType === "application/problem+json" && route.problems?.includes(status)) return;
  if (!(status in route.answers)) throw new Error(`${where} answered ${status}, which it does not declare`);
  const declared = route.answers[status];
  if (declared === null && body !== undefined)
    throw new Error(`${where} answered a body, not the declared none`);
  if (!declared || typeof declared === "string") return;
  if (body === undefined) throw new Error(`${where} answered no body, but declares one`);
  const result = declared.safeParse(JSON.parse(typeof body === "string" ? body : JSON.stringify(body)));
  if (!result.success) throw new Error(`${where} answered what it does not declare: ${result.error.message}`);
}
