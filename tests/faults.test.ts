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
/** One on every run; every switch by `npm run test:faults`, which takes some ten minutes. */
const switches = process.env["ALL_FAULTS"]
  ? all
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

test.each(switches)(
  "$service with the fault $kind: the page shows a red edge and a burning budget, names the cause, and calms down",
  async ({ service, kind }) => {
    const since = Date.now();
    await mall.turnOn(`${service}.${kind}`);

    await eventually(async () => expect(await redEdges(service)).not.toEqual([]), 30_000);
    await eventually(async () => expect(await alertsOf(service)).not.toEqual([]), 30_000);
    await eventually(
      async () =>
        expect(await rootCauses(since)).toContainEqual(
          expect.stringMatching(`^${service}: (GET|POST|PUT|DELETE) /`),
        ),
      30_000,
    );

    await mall.turnOff(`${service}.${kind}`);
    await eventually(() => expectCalm(service), 60_000);
  },
  150_000,
);
