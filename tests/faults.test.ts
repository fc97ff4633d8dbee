import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { readServicePlans } from "@mall/launcher";
import { runTraffic } from "@mall/loadgenerator";
import { faultFile } from "@mall/kit/faults";
import { projectRoot } from "./support/whole-mall.ts";
import { startWatchedMall, type WatchedMall } from "./support/watched-mall.ts";

interface Switch {
  service: string;
  kind: string;
}

const plans = readServicePlans(projectRoot).filter(({ optional }) => !optional);
const consumers = new Set(plans.flatMap(({ delivers }) => delivers));
const { flags } = faultFile(
  plans.map(({ name, database }) => ({ name, database, consumesEvents: consumers.has(name) })),
);
const all: Switch[] = Object.keys(flags).map((flag) => {
  const [service = "", kind = ""] = flag.split(".");
  return { service, kind };
});
/** One on every run; every switch by `npm run test:faults`, which takes some ten minutes; or those of a list. */
const asked = process.env["ALL_FAULTS"] ?? "";
const switches = asked
  ? all.filter(({ service, kind }) => asked === "1" || asked.split(",").includes(`${service}.${kind}`))
  : all.filter(({ service, kind }) => service === "purchase" && kind === "error-ratio");

let mall: WatchedMall;
const closing = new AbortController();
let shopping: Promise<unknown>;

beforeAll(async () => {
  mall = await startWatchedMall();
  shopping = runTraffic({
    url: mall.url("frontend"),
    rate: 5,
    durationMs: 3_600_000,
    seed: 3,
    signal: closing.signal,
  });
  for (const { service } of switches) await eventually(() => expectCalm(service), 30_000);
}, 90_000);

afterAll(async () => {
  closing.abort();
  await shopping;
  await mall.stop();
}, 60_000);

afterEach(() => Promise.all(switches.map(({ service, kind }) => mall.turnOff(`${service}.${kind}`))));

const redEdges = async (service: string): Promise<string[]> =>
  (await mall.edgesTo(service)).filter(({ health }) => health === "failing").map(({ id }) => id);

/** Alerts about what a service does to its callers, or that it is gone. */
async function alertsOf(service: string): Promise<string[]> {
  const callers = plans.filter(({ calls }) => calls.includes(service)).map(({ name }) => name);
  const concerned = new Set([service, ...callers]);
  return (await mall.alerts())
    .filter(({ state, name }) => state === "firing" && /^(ErrorBudgetBurnsNow|ServiceDown)$/.test(name))
    .filter(({ labels }) => labels.some(([key, value]) => key === "service" && concerned.has(value)))
    .map(({ name }) => name);
}

/** Where the failed traces since then say that it began: "service: operation". */
async function rootCauses(fromMs: number): Promise<string[]> {
  return (await mall.failedTraces(fromMs)).flatMap(({ rootCause }) => {
    if (!rootCause) return [];
    const { answeredBy, unansweredBy } = rootCause;
    // Whose call failed is the deepest that failed; the page names beside it who let it wait or was not there.
    const { service, operation } = answeredBy ?? rootCause;
    return [`${unansweredBy ?? service}: ${operation}`];
  });
}

async function expectCalm(service: string): Promise<void> {
  expect(await mall.edgesTo(service)).not.toEqual([]);
  expect(await redEdges(service)).toEqual([]);
  expect(await alertsOf(service)).toEqual([]);
}

/** Faster than it may, though not so fast that there is an alert within seconds. */
async function spendsItsBudget(service: string): Promise<void> {
  expect(await mall.value(`slo:burn_rate:rate1m{slo="latency",service="${service}"}`)).toBeGreaterThan(1);
}

/** Who made the newest slow answers slow, by their critical paths. */
async function slowestOnPath(service: string, fromMs: number): Promise<string[]> {
  const traces = await mall.slowTraces(service, fromMs, 1_000);
  return traces.map(({ criticalPath }) => criticalPath?.services[0]?.service ?? "");
}

interface Evidence {
  /** The graph has it. */
  edge: (service: string) => Promise<void>;
  /** The objectives have it. */
  burn: (service: string) => Promise<void>;
  /** A trace leads to it. */
  cause: (service: string, sinceMs: number) => Promise<void>;
}

const usual: Evidence = {
  edge: async (service) => expect(await redEdges(service)).not.toEqual([]),
  burn: async (service) => expect(await alertsOf(service)).not.toEqual([]),
  cause: async (service, sinceMs) =>
    expect(await rootCauses(sinceMs)).toContainEqual(
      expect.stringMatching(`^${service}: (GET|POST|PUT|DELETE) /`),
    ),
};

/** A shopper waits: nothing fails, so nothing is red, but the edge is slow and every page is late. */
const slowEntry: Evidence = {
  ...usual,
  async edge(service) {
    const times = (await mall.edgesTo(service)).map(({ stats }) => stats.p95Ms ?? 0);
    expect(Math.max(...times)).toBeGreaterThan(1_000);
  },
  cause: async (service, sinceMs) => expect(await slowestOnPath(service, sinceMs)).toContain(service),
};

/** What differs from the usual, and why. */
const evidenceOf: Readonly<Record<string, Evidence>> = {
  "frontend.latency": slowEntry,
  // Only who has a session has something stored: too few for the budget to burn fourteen times too fast.
  "frontend.slow-query": { ...slowEntry, burn: spendsItsBudget },
  // Nobody who sends spans calls the frontend. That it is down is known from its metrics.
  "frontend.crash": {
    ...usual,
    async cause(service) {
      const down = (await mall.alerts()).filter(
        ({ name, state }) => name === "ServiceDown" && state === "firing",
      );
      expect(down.flatMap(({ labels }) => labels)).toContainEqual(["service", service]);
    },
  },
  // Only its clicks are stored, one request in ten: degraded is the truth, and a budget that burns slowly.
  "ad.slow-query": {
    ...usual,
    async edge(service) {
      const health = (await mall.edgesTo(service)).map((edge) => edge.health);
      expect(health).toEqual(expect.arrayContaining([expect.stringMatching("degraded|failing")]));
    },
    burn: spendsItsBudget,
  },
};

test.each(switches)(
  "$service with the fault $kind: the page shows a red edge and a burning budget, names the cause, and calms down",
  async ({ service, kind }) => {
    const since = Date.now();
    const evidence = evidenceOf[`${service}.${kind}`] ?? usual;
    await mall.turnOn(`${service}.${kind}`);

    await eventually(() => evidence.edge(service), 30_000);
    await eventually(() => evidence.burn(service), 30_000);
    await eventually(() => evidence.cause(service, since), 30_000);

    await mall.turnOff(`${service}.${kind}`);
    await eventually(() => expectCalm(service), 60_000);
  },
  150_000,
);
