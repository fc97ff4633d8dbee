import { setTimeout as sleep } from "node:timers/promises";
import { context } from "@opentelemetry/api";
import { BrokenCircuitError, CircuitState, circuitBreaker, ConsecutiveBreaker, handleWhen } from "cockatiel";
import type { Logger } from "pino";
import { errors, Pool } from "undici";
import type { z } from "zod";
import { BadGateway, DeadlineExceeded, Problem, Unavailable } from "../errors.ts";
import { currentRequest, remainingMs, requestIdHeader, timeoutHeader } from "../http/request-context.ts";
import { startClientSpan } from "../telemetry/client-span.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { releaseIn } from "../telemetry/release.ts";
import { jitteredPause } from "./backoff.ts";
import type { Call, HttpClient } from "./call.ts";
import { Hurried, isOutage } from "./outage.ts";
import { Refused, readProblem } from "./refused.ts";
import { createRetryBudget } from "./retry-budget.ts";
import { fillTemplate } from "./url-template.ts";

export type { Call, HttpClient } from "./call.ts";

const defaultTimeoutMs = 2_000;
const mostRetries = 2;
const failuresThatOpen = 8;
const openForMs = 2_000;

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
  const server = new URL(url);
  const pool = new Pool(url, { connections: null, pipelining: 1, keepAliveTimeout: 30_000 });
  const usual = createProtection();
  // A version that is asked for by name, such as a canary before its first customer, fails for whoever asks for it: that
  // keeps nobody else away from the peer.
  const ofRelease = createProtection({ release: "by name" });

  function createProtection(whose: object = {}) {
    const circuit = circuitBreaker(handleWhen(isOutage), {
      halfOpenAfter: openForMs,
      breaker: new ConsecutiveBreaker(failuresThatOpen),
    });
    circuit.onStateChange((state) => {
      const level = state === CircuitState.Open ? "warn" : "info";
      logger[level]({ peer, ...whose, circuit: CircuitState[state] }, "circuit changed");
    });
    return { circuit, budget: createRetryBudget() };
  }

  async function attempt(
    call: Call<z.ZodType | undefined>,
    sent: Sent,
    resendCount: number,
  ): Promise<unknown> {
    const { method, path: template, timeoutMs: usualMs = defaultTimeoutMs } = call;
    const timeoutMs = Math.min(usualMs, remainingMs());
    const Timeout = timeoutMs < usualMs / 2 ? Hurried : DeadlineExceeded;
    const start = performance.now();
    const abort = new AbortController();
    const timer = setTimeout(() => {
      abort.abort(new Timeout(`${peer} did not answer within ${Math.round(timeoutMs)} ms.`));
    }, timeoutMs);
    const [path = ""] = sent.path.split("?", 1);
    const span = startClientSpan({ method, template, path, peer, server, resendCount });
    let outcome = "error";
    try {
      const { statusCode, body } = await pool.request({
        ...sent,
        method,
        headers: { ...callHeaders(call, timeoutMs), ...span.headers },
        signal: abort.signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      });
      const text = await body.text();
      outcome = String(statusCode);
      span.answered(statusCode);
      if (statusCode === 504) throw new Timeout(`${peer} ran out of time.`);
      return readAnswer(peer, call, statusCode, text);
    } catch (error) {
      if (abort.signal.aborted) {
        outcome = "timeout";
        span.failed(abort.signal.reason);
        throw abort.signal.reason;
      }
      if (error instanceof Problem || error instanceof errors.InvalidArgumentError) throw error;
      outcome = "unreachable";
      span.failed(error);
      throw new Unavailable(`${peer} cannot be reached.`, { cause: error });
    } finally {
      span.end();
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
      const { circuit, budget } = releaseIn(context.active()) === undefined ? usual : ofRelease;
      budget.earn();
      const sent = {
        path: fillTemplate(call.path, call.params, call.query),
        body: call.body === undefined ? null : JSON.stringify(call.body),
      };
      const mostResends = (call.idempotent ?? call.method !== "POST") ? mostRetries : 0;
      for (let resendCount = 0; ; resendCount++) {
        if (remainingMs() <= 0) throw new DeadlineExceeded(`No time was left to ask ${peer}.`);
        try {
          return (await circuit.execute(() => attempt(call, sent, resendCount))) as never;
        } catch (error) {
          if (error instanceof BrokenCircuitError) throw circuitOpen(peer, error);
          const pauseMs = jitteredPause(resendCount + 1);
          if (resendCount === mostResends || !isOutage(error) || pauseMs >= remainingMs() || !budget.spend())
            throw error;
          await sleep(pauseMs);
        }
      }
    },
    close: () => pool.close(),
  };
}

/** The path and body of a call, the same for each of its attempts. */
interface Sent {
  path: string;
  body: string | null;
}

const circuitOpen = (peer: string, cause: unknown) =>
  new Unavailable(`${peer} is down; it is tried again within ${openForMs / 1000} s.`, {
    cause,
    retryAfter: openForMs / 1000,
  });

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
  if (status === 503) throw new Unavailable(`${peer} is not available.`);
  if (status >= 500) throw new BadGateway(`${peer} failed with ${status}.`);
  if (status >= 400) throw new Refused(peer, status, readProblem(text));
  if (status >= 300) throw new BadGateway(`${peer} answered with a redirection, ${status}.`);
  if (!call.answer) return undefined;
  try {
    return call.answer.parse(call.text ? text : JSON.parse(text));
  } catch (cause) {
    throw new BadGateway(`${peer} answered what ${call.method} ${call.path} does not promise.`, cause);
  }
}
