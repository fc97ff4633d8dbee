import { decoded, type Engine } from "./given.ts";
import { EPOCH_MS, type SpanSpec } from "./otlp-request.ts";
import { seededRandom } from "./random.ts";

/** One kind of call of the generated mall, and the truth about it. */
export type KnownCall = {
  readonly edge: string;
  readonly perSecond: number;
  /** Every so many-th call fails. */
  readonly failsEvery: number;
  readonly quantileMs: (q: number) => number;
};

const CYCLE = 80;

/** Eighty durations over a decade, in an order that no window can favour. */
const durationsMs = (fastest: number): number[] =>
  Array.from({ length: CYCLE }, (_, at) => fastest * 10 ** (((at * 17) % CYCLE) / (CYCLE - 1)));

const quantileOf =
  (fastest: number) =>
  (q: number): number => {
    const sorted = durationsMs(fastest).toSorted((a, b) => a - b);
    return sorted[Math.min(CYCLE - 1, Math.ceil(q * CYCLE) - 1)] ?? 0;
  };

/** `end` and `ms`: when the call ends, and how long it took. */
type Make = (name: string, fails: boolean, end: number, ms: number) => SpanSpec[];
type Plan = KnownCall & { readonly spans: (second: number, nth: number) => SpanSpec[] };

const plan = (edge: string, perSecond: number, failsEvery: number, fastest: number, make: Make): Plan => ({
  edge,
  perSecond,
  failsEvery,
  quantileMs: quantileOf(fastest),
  spans(second, nth) {
    const n = second * perSecond + nth;
    const ms = durationsMs(fastest)[n % CYCLE] ?? fastest;
    return make(
      `${edge.length}${fastest}-${n}`,
      n % failsEvery === 0,
      (second + nth / perSecond) * 1_000,
      ms,
    );
  },
});

const status = (fails: boolean): Partial<SpanSpec> => (fails ? { error: "failed" } : {});

const call = (from: string, to: string, perSecond: number, failsEvery: number, fastest: number): Plan =>
  plan(`service:${from} -> service:${to}`, perSecond, failsEvery, fastest, (name, fails, end, ms) => [
    {
      traceId: name,
      spanId: `${name}c`,
      parent: "x",
      kind: "client",
      service: from,
      from: end - ms,
      to: end,
    },
    {
      traceId: name,
      spanId: `${name}s`,
      parent: `${name}c`,
      kind: "server",
      service: to,
      from: end - ms * 0.9,
      to: end - ms * 0.1,
      ...status(fails),
    },
  ]);

type Unanswered = {
  readonly from: string;
  readonly edge: string;
  readonly attributes: Record<string, string>;
};

const unanswered = ({ from, edge, attributes }: Unanswered, perSecond: number, fastest: number): Plan =>
  plan(`service:${from} -> ${edge}`, perSecond, 10, fastest, (name, fails, end, ms) => [
    {
      traceId: name,
      spanId: `${name}c`,
      parent: "x",
      kind: "client",
      service: from,
      from: end - ms,
      to: end,
      attributes,
      ...status(fails),
    },
  ]);

const event = (to: string, perSecond: number, fastest: number, linked: boolean): Plan =>
  plan(`service:checkout ~> service:${to}`, perSecond, 5, fastest, (name, fails, end, ms) => [
    {
      traceId: name,
      spanId: `${name}p`,
      parent: "x",
      kind: "producer",
      service: "checkout",
      from: end - ms - 5,
      to: end - ms - 4,
    },
    {
      traceId: linked ? `${name}m` : name,
      spanId: `${name}c`,
      ...(linked ? { links: [{ traceId: name, spanId: `${name}p` }] } : { parent: `${name}p` }),
      kind: "consumer",
      service: to,
      from: end - ms,
      to: end,
      ...status(fails),
    },
  ]);

const plans: readonly Plan[] = [
  plan("user:user -> service:frontend", 20, 20, 2, (name, fails, end, ms) => [
    {
      traceId: name,
      spanId: `${name}r`,
      kind: "server",
      service: "frontend",
      from: end - ms,
      to: end,
      ...status(fails),
    },
  ]),
  call("frontend", "cart", 16, 8, 1),
  call("cart", "product", 24, 4, 0.5),
  call("frontend", "checkout", 8, 10, 20),
  call("checkout", "purchase", 8, 5, 5),
  unanswered(
    {
      from: "product",
      edge: "database:postgresql/product",
      attributes: { "db.system.name": "postgresql", "db.namespace": "product" },
    },
    40,
    0.2,
  ),
  unanswered(
    { from: "purchase", edge: "external:acquirer", attributes: { "peer.service": "acquirer" } },
    8,
    3,
  ),
  event("email", 8, 10, true),
  event("info", 8, 1.5, false),
];

export const knownCalls: readonly KnownCall[] = plans;

/**
 * A minute and a half of traffic, arriving as it does in truth: each service exports every few seconds on its own,
 * callees often before their callers, and one batch in twenty is sent twice.
 */
export function sendKnownTraffic(engine: Engine): void {
  const random = seededRandom(42);
  const underway: { readonly at: number; readonly specs: readonly SpanSpec[] }[] = [];
  for (let second = 0; second < 90; second += 1) {
    const spans = plans.flatMap((kind) =>
      Array.from({ length: kind.perSecond }, (_, nth) => kind.spans(second, nth)).flat(),
    );
    for (const [, specs] of Map.groupBy(spans, ({ service }) => service)) {
      const delay = 1 + Math.floor(random() * 4);
      underway.push({ at: second + delay, specs });
      if (random() < 0.05) underway.push({ at: second + delay + 2, specs });
    }
    for (const { specs } of underway.filter(({ at }) => at === second)) engine.ingest.receive(decoded(specs));
    engine.advance(1_000);
    engine.tick();
  }
  if (engine.now() !== EPOCH_MS + 90_000) throw new Error("the clock was moved by somebody else");
}
