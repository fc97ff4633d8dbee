import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  type IPolicy,
  retry,
  wrap,
} from "cockatiel";
import type { Logger } from "pino";
import { Pool } from "undici";
import type { z } from "zod";
import { BadGateway, DeadlineExceeded, Problem, Unavailable } from "../errors.ts";
import { currentRequest, remainingMs, requestIdHeader, timeoutHeader } from "../http/request-context.ts";
import { describingSpan } from "../telemetry/client-span.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { Refused, readProblem } from "./refused.ts";
import { createRetryBudget } from "./retry-budget.ts";
import { fillTemplate } from "./url-template.ts";

const defaultTimeoutMs = 2_000;
const mostRetries = 2;
const failuresThatOpen = 8;
const openForMs = 2_000;

export interface Call<S extends z.ZodType | undefined> {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** With parameters in braces: `/carts/{id}`. */
  path: string;
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | undefined>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** What a 2xx answer must look like; without it the answer's body is ignored. */
  answer?: S;
  /** Whether repeating the call does no harm. True for GET, PUT and DELETE, false for POST, unless said otherwise. */
  idempotent?: boolean;
  /** For one attempt, in milliseconds; the current request's deadline shortens it. */
  timeoutMs?: number;
}

export interface HttpClient {
  /**
   * Calls the service. Resolves with the validated body of a 2xx answer. Throws `Refused` for a 4xx answer,
   * `Unavailable` (503) when nothing can be reached or the circuit is open, `BadGateway` (502) for a 5xx or unreadable
   * answer, and `DeadlineExceeded` (504) when the time has run out.
   */
  request<S extends z.ZodType | undefined = undefined>(
    call: Call<S>,
  ): Promise<S extends z.ZodType ? z.output<S> : undefined>;
  close(): Promise<void>;
}

interface ClientOptions {
  /** The called service's name, as in its traces. */
  peer: string;
  url: string;
  metrics: Metrics;
  logger: Logger;
}

/** A client for one service: kept connections, deadline passed on, bounded retries, a circuit that opens. */
export function createHttpClient({ peer, url, metrics, logger }: ClientOptions): HttpClient {
  // As many connections as there are requests under way: a queue inside the pool would detach calls from their spans.
  const pool = new Pool(url, { connections: null, pipelining: 1, keepAliveTimeout: 30_000 });
  const budget = createRetryBudget();
  const circuit = circuitBreaker(handleWhen(isOutage), {
    halfOpenAfter: openForMs,
    breaker: new ConsecutiveBreaker(failuresThatOpen),
  });
  circuit.onStateChange((state) => {
    const level = state === CircuitState.Open ? "warn" : "info";
    logger[level]({ peer, circuit: CircuitState[state] }, "circuit changed");
  });
  const backoff = new ExponentialBackoff({ initialDelay: 20, maxDelay: 250 });
  const once: IPolicy = circuit;
  const withRetries: IPolicy = wrap(
    retry(
      handleWhen((error) => isOutage(error) && remainingMs() > 0 && budget.spend()),
      {
        maxAttempts: mostRetries,
        backoff,
      },
    ),
    circuit,
  );

  async function attempt(call: Call<z.ZodType | undefined>, resendCount: number): Promise<unknown> {
    const timeoutMs = Math.min(call.timeoutMs ?? defaultTimeoutMs, remainingMs());
    if (timeoutMs <= 0) throw new DeadlineExceeded(`No time was left to ask ${peer}.`);
    const start = performance.now();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), timeoutMs);
    let outcome = "error";
    try {
      const { method, path } = call;
      const response = await describingSpan({ method, template: path, peer, resendCount }, () =>
        pool.request({
          method,
          path: fillTemplate(path, call.params, call.query),
          headers: callHeaders(call, timeoutMs),
          body: call.body === undefined ? null : JSON.stringify(call.body),
          signal: abort.signal,
          headersTimeout: 0,
          bodyTimeout: 0,
        }),
      );
      outcome = String(response.statusCode);
      const text = await response.body.text();
      return readAnswer(peer, call, response.statusCode, text);
    } catch (error) {
      if (error instanceof Problem) throw error;
      outcome = abort.signal.aborted ? "timeout" : "unreachable";
      throw abort.signal.aborted
        ? new DeadlineExceeded(`${peer} did not answer within ${Math.round(timeoutMs)} ms.`, error)
        : new Unavailable(`${peer} cannot be reached.`, { cause: error });
    } finally {
      clearTimeout(timer);
      metrics.observeClientRequest({
        peer,
        method: call.method,
        outcome,
        seconds: (performance.now() - start) / 1000,
      });
    }
  }

  return {
    async request(call) {
      budget.earn();
      const idempotent = call.idempotent ?? call.method !== "POST";
      let attempts = 0;
      try {
        const policy = idempotent ? withRetries : once;
        return (await policy.execute(() => attempt(call, attempts++))) as never;
      } catch (error) {
        if (error instanceof BrokenCircuitError)
          throw new Unavailable(`${peer} is down; it is tried again within ${openForMs / 1000} s.`, {
            cause: error,
            retryAfter: openForMs / 1000,
          });
        throw error;
      }
    },
    close: () => pool.close(),
  };
}

// A refusal (4xx) is an answer, not an outage.
const isOutage = (error: unknown): boolean =>
  error instanceof Problem && error.status >= 500 && !(error instanceof Refused);

function callHeaders(call: Call<z.ZodType | undefined>, timeoutMs: number): Record<string, string> {
  const requestId = currentRequest()?.requestId;
  return {
    [timeoutHeader]: String(Math.max(1, Math.floor(timeoutMs))),
    ...(requestId && { [requestIdHeader]: requestId }),
    ...(call.body !== undefined && { "content-type": "application/json" }),
    ...call.headers,
  };
}

function readAnswer(peer: string, call: Call<z.ZodType | undefined>, status: number, text: string): unknown {
  if (status === 504) throw new DeadlineExceeded(`${peer} ran out of time.`);
  if (status === 503) throw new Unavailable(`${peer} is not available.`);
  if (status >= 500) throw new BadGateway(`${peer} failed with ${status}.`);
  if (status >= 400) throw new Refused(peer, status, readProblem(text));
  if (!call.answer) return undefined;
  try {
    return call.answer.parse(JSON.parse(text));
  } catch (cause) {
    throw new BadGateway(`${peer} answered what ${call.method} ${call.path} does not promise.`, cause);
  }
}
