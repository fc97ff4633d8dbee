import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Milliseconds that the caller will still wait; sent with every call inside the mall and reduced at each hop. */
export const timeoutHeader = "x-request-timeout-ms";
export const requestIdHeader = "x-request-id";

/** What follows one request through a process without being passed by hand. */
export interface RequestContext {
  requestId: string;
  /** On the clock of `performance.now()`, in milliseconds. */
  deadline: number;
}

const storage = new AsyncLocalStorage<RequestContext>();

export const currentRequest = (): RequestContext | undefined => storage.getStore();

/** Runs work that no request has asked for (a relay, a sweep) under a deadline of its own. */
export function withDeadline<T>(timeoutMs: number, work: () => T): T {
  return storage.run({ requestId: randomUUID(), deadline: performance.now() + timeoutMs }, work);
}

export function enterRequest<T>(request: IncomingMessage, longestMs: number, work: () => T): T {
  return storage.run(readRequestContext(request, longestMs), work);
}

/** Milliseconds until the current request's deadline; `Infinity` outside any request. May be negative. */
export function remainingMs(): number {
  const deadline = storage.getStore()?.deadline;
  return deadline === undefined ? Infinity : deadline - performance.now();
}

/** Brings the current request's deadline forward, never back. */
export function limitDeadline(timeoutMs: number): void {
  const context = storage.getStore();
  if (context) context.deadline = Math.min(context.deadline, performance.now() + timeoutMs);
}

function readRequestContext(request: IncomingMessage, longestMs: number): RequestContext {
  const deadline = performance.now() + Math.min(readTimeoutMs(request), longestMs);
  return { requestId: readRequestId(request), deadline };
}

function readTimeoutMs(request: IncomingMessage): number {
  const given = request.headers[timeoutHeader];
  return typeof given === "string" && /^\d{1,9}$/.test(given) ? Number(given) : Infinity;
}

function readRequestId(request: IncomingMessage): string {
  const given = request.headers[requestIdHeader];
  return typeof given === "string" && /^[\w.-]{1,64}$/.test(given) ? given : randomUUID();
}
