import { afterAll, afterEach, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { readServicePlans } from "@mall/launcher";
import { faultFile } from "@mall/kit/faults";
import { repeatForm, type Shoppers, startShoppers } from "./support/shoppers.ts";
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
let shoppers: Shoppers;

beforeAll(async () => {
  mall = await startWatchedMall();
  shoppers = startShoppers(mall.url("frontend"), mall.observatoryUrl);
  for (const { service } of switches) await eventually(() => expectCalm(service), 30_000);
}, 90_000);

afterAll(async () => {
  await shoppers.stop();
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

async function expectTrouble(service: string, sinceMs: number): Promise<void> {
  expect(await redEdges(service)).not.toEqual([]);
  expect(await alertsOf(service)).not.toEqual([]);
  const anOperation = expect.stringMatching(`^${service}: (GET|POST|PUT|DELETE) /`);
  expect(await rootCauses(sinceMs)).toContainEqual(anOperation);
}

async function expectCalm(service: string): Promise<void> {
  expect(await mall.edgesTo(service)).not.toEqual([]);
  expect(await redEdges(service)).toEqual([]);
  expect(await alertsOf(service)).toEqual([]);
}

/** What shoppers do too rarely for a fault of it to be seen at once, and is done more often while it is tried. */
const oftener: Readonly<Record<string, { path: string; form: Readonly<Record<string, string>> }>> = {
  "frontend.slow-query": {
    path: "/profile",
    form: {
      email: "shopper@example.com",
      name: "Avery Quill",
      line1: "48 Larkspur Lane",
      city: "Portland",
      postalCode: "97204",
      country: "US",
      language: "en",
      currency: "USD",
    },
  },
  "ad.slow-query": { path: "/ads/evening-light/clicks", form: { product: "soy-candle" } },
};

test.each(switches)(
  "$service with the fault $kind: the page shows a red edge and a burning budget, names the cause, and calms down",
  async ({ service, kind }) => {
    const flag = `${service}.${kind}`;
    const since = Date.now();
    const often = oftener[flag];
    const others = often && repeatForm(mall.url("frontend") + often.path, often.form);
    try {
      await mall.turnOn(flag);
      await eventually(() => expectTrouble(service, since), 60_000);

      await mall.turnOff(flag);
      await eventually(() => expectCalm(service), 60_000);
    } finally {
      await others?.stop();
    }
  },
  150_000,
);
