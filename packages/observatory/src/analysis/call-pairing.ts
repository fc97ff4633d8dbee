import type { PairingHealth } from "../api-types.ts";
import type { Span } from "../otlp/span.ts";
import { callerKeys, ownKey, readAnswer, readCaller, type Answer, type Caller } from "./call-ends.ts";
import type { CalleeHint } from "./callee-hint.ts";
import { createExpiringMap } from "./expiring-map.ts";
import { worseOutcome, type Outcome } from "./outcome.ts";

/** Calls wait this long for the callee's span, as services export in batches. */
export const CALL_TTL_MS = 10_000;
/** Events may lie in a queue while their consumer is down. */
const EVENT_TTL_MS = 60_000;
const CAPACITY = 20_000;
const CALLS = { ttlMs: CALL_TTL_MS, capacity: CAPACITY };
const EVENTS = { ttlMs: EVENT_TTL_MS, capacity: CAPACITY };
/** An event has as many consumers as there are services; a sender that claims more is not believed. */
const ANSWERS_PER_CALL = 100;

/** One request between two parties. `at` is when it ended: for the caller, or for the consumer of an event. */
export type Call = {
  readonly caller: string;
  readonly callee: Callee;
  readonly mode: "sync" | "async";
  readonly outcome: Outcome;
  readonly durationNs: number;
  readonly at: number;
  /** Became known only after waiting for `CALL_TTL_MS`. */
  readonly delayed: boolean;
};

export type Callee = { readonly kind: "service"; readonly name: string } | CalleeHint;

export type CallPairing = ReturnType<typeof createCallPairing>;

/**
 * Finds both ends of each request: a CLIENT span and the SERVER span below it, a PRODUCER span and the CONSUMER
 * spans below it or linked to it. Ends arrive in any order, from different processes.
 */
export function createCallPairing({ now, onCall }: { now: () => number; onCall: (call: Call) => void }) {
  const health = { unknownCallees: 0, unknownCallers: 0, overflowed: 0 };
  /** Which service answered at an address, so that calls to a dead one are still drawn to it. */
  const serviceAt = new Map<string, string>();

  const callers = createExpiringMap<Caller>({ ...CALLS, onExpire: callerExpired });
  const producers = createExpiringMap<Caller>({ ...EVENTS, onExpire: () => undefined });
  const servers = createExpiringMap<Answer[]>({ ...CALLS, onExpire: answersExpired });
  const consumers = createExpiringMap<Answer[]>({ ...EVENTS, onExpire: answersExpired });

  function callerExpired(caller: Caller, early: boolean): void {
    if (early) health.overflowed += 1;
    if (caller.counted) return;
    const callee = knownService(caller) ?? caller.hint;
    if (callee === null) health.unknownCallees += 1;
    else onCall({ ...unanswered(caller, callee), delayed: true });
  }

  function answersExpired(answers: Answer[], early: boolean): void {
    if (early) health.overflowed += 1;
    for (const answer of answers.filter(({ paired }) => !paired)) {
      answer.paired = true; // one with several links expires several times
      health.unknownCallers += 1;
    }
  }

  function knownService({ address }: Caller): Callee | null {
    const name = address === null ? undefined : serviceAt.get(address);
    return name === undefined ? null : { kind: "service", name };
  }

  function pair(caller: Caller, answer: Answer): void {
    const onlyCarried = answer.linked && !caller.isProducer;
    const alreadyDrawn = caller.counted && !caller.isProducer;
    caller.counted = true;
    if (caller.address !== null) learnAddress(caller.address, answer.service);
    if (onlyCarried) return;
    answer.paired = true;
    if (alreadyDrawn) return;
    const isAsync = caller.isProducer || answer.isConsumer;
    onCall({
      caller: caller.service,
      callee: { kind: "service", name: answer.service },
      mode: isAsync ? "async" : "sync",
      // A producer has long gone on when its event is processed: only the consumer knows how that went.
      outcome: isAsync ? answer.outcome : worseOutcome(caller.outcome, answer.outcome),
      durationNs: isAsync ? answer.durationNs : caller.durationNs,
      at: isAsync ? answer.at : caller.at,
      delayed: false,
    });
  }

  function learnAddress(address: string, service: string): void {
    if (serviceAt.size >= CAPACITY) serviceAt.clear();
    serviceAt.set(address, service);
  }

  function observeCaller(span: Span): void {
    const caller = readCaller(span, now());
    const key = ownKey(span);
    for (const answer of [...(servers.get(key) ?? []), ...(consumers.get(key) ?? [])]) pair(caller, answer);
    if (!caller.counted) drawWhatNobodyAnswers(caller);
    if (caller.hint?.kind !== "database") (caller.isProducer ? producers : callers).add(key, caller, now());
  }

  /** A database exports no spans, and a refused connection reached nobody: no need to wait. */
  function drawWhatNobodyAnswers(caller: Caller): void {
    const unreachable = caller.refused ? knownService(caller) : null;
    const callee = caller.hint?.kind === "database" ? caller.hint : unreachable;
    if (callee === null) return;
    caller.counted = true;
    onCall({ ...unanswered(caller, callee), delayed: false });
  }

  function observeAnswer(span: Span): void {
    const answer = readAnswer(span, now());
    for (const key of callerKeys(span)) {
      const caller = callers.get(key) ?? producers.get(key);
      if (caller !== undefined) pair(caller, answer);
      else waitForCaller(key, answer);
    }
  }

  function waitForCaller(key: string, answer: Answer): void {
    const waiting = answer.isConsumer ? consumers : servers;
    const others = waiting.get(key);
    if (others === undefined) waiting.add(key, [answer], now());
    else if (others.length < ANSWERS_PER_CALL) others.push(answer);
  }

  return {
    observe(span: Span): void {
      if (span.kind === "client" || span.kind === "producer") observeCaller(span);
      else if (span.kind === "server" || span.kind === "consumer") observeAnswer(span);
    },

    /** To be called about once a second. */
    expire(): void {
      for (const waiting of [callers, producers, servers, consumers]) waiting.expire(now());
    },

    health: (): PairingHealth => ({
      ...health,
      waiting: callers.size() + producers.size() + servers.size() + consumers.size(),
    }),
  };
}

/** A request of which only the caller told. */
const unanswered = (caller: Caller, callee: Callee): Omit<Call, "delayed"> => ({
  caller: caller.service,
  callee,
  mode: caller.isProducer ? "async" : "sync",
  outcome: caller.outcome,
  durationNs: caller.durationNs,
  at: caller.at,
});
