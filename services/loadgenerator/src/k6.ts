/**
 * The scenario under k6, which strips the types itself: `npm run traffic -- --k6`, or by hand
 * `k6 run services/loadgenerator/src/k6.ts -e RATE=5 -e DURATION=60s`. In the cluster it runs bundled into one file:
 * see write-k6-scripts.ts.
 */
import { check } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { Counter, Rate } from "k6/metrics";
import type { Options } from "k6/options";
import { summary } from "./node/report.ts";
import { type Browser, type PageRequest, stepNames, TurnedAway } from "./scenario/browser.ts";
import { journeyNames, journeyOf, visitShop } from "./scenario/journeys.ts";
import { loadOf } from "./k6-load.ts";
import { type SummaryData, toResults } from "./k6-summary.ts";

const { MALL_URL: url = "http://127.0.0.1:3000", JSON: asJson, BAGGAGE: baggage } = __ENV;
const seed = Number(__ENV["SEED"] ?? 1);
const failedBelow = Number(__ENV["FAILED_BELOW"] ?? 0.01);
// Being told "sold out" is no failure of the shop, but a shop that turns nearly everybody away is broken all the same.
const turnedAwayBelow = Number(__ENV["TURNED_AWAY_BELOW"] ?? 0.5);
const p95BelowMs = Number(__ENV["P95_BELOW_MS"] ?? 1500);

export const options: Options = {
  scenarios: { shoppers: loadOf(__ENV) },
  summaryTrendStats: ["med", "p(95)", "p(99)", "count"],
  thresholds: {
    journey_failed: [`rate<${failedBelow}`],
    turned_away_rate: [`rate<${turnedAwayBelow}`],
    http_req_duration: [`p(95)<${p95BelowMs}`],
    // A rate of nothing at all would pass.
    journeys: ["count>0"],
    // k6 keeps numbers by tag only where a threshold asks for them; these are always met.
    ...Object.fromEntries(stepNames.map((step) => [`http_req_duration{name:${step}}`, ["p(95)>=0"]])),
    ...Object.fromEntries(journeyNames.map((journey) => [`journeys{journey:${journey}}`, ["count>=0"]])),
    ...Object.fromEntries(
      journeyNames.map((journey) => [`journeys_failed{journey:${journey}}`, ["count>=0"]]),
    ),
  },
};

const journeys = new Counter("journeys");
const journeysFailed = new Counter("journeys_failed");
const failed = new Rate("journey_failed");
const turnedAway = new Counter("turned_away");
const turnedAwayRate = new Rate("turned_away_rate");

const browser: Browser = {
  async request({ step, method, path, form, language }: PageRequest) {
    const headers = {
      origin: url,
      "accept-language": language,
      accept: "text/html",
      // Leads a canary's first visitors, and nobody else, to the new version: see the mesh's header route.
      ...(baggage && { baggage }),
    };
    const params = { headers, redirects: 0, tags: { name: step } };
    const response = await http.asyncRequest(method, url + path, form ? { ...form } : null, params);
    const body = typeof response.body === "string" ? response.body : "";
    return { status: response.status, body, location: response.headers["Location"] ?? "" };
  },
};

export default async function visit(): Promise<void> {
  const index = exec.scenario.iterationInTest;
  const journey = journeyOf(index);
  let problem = "";
  let isTurnedAway = false;
  try {
    await visitShop(browser, index, seed);
  } catch (error) {
    if (error instanceof TurnedAway) isTurnedAway = true;
    else problem = error instanceof Error ? error.message : String(error);
  }
  if (problem !== "") console.error(problem);
  check(problem, { [journey]: () => problem === "" });
  journeys.add(1, { journey });
  journeysFailed.add(problem === "" ? 0 : 1, { journey });
  failed.add(problem !== "");
  turnedAway.add(isTurnedAway ? 1 : 0);
  turnedAwayRate.add(isTurnedAway);
}

/** The same report as under Node. */
export function handleSummary(data: SummaryData): Record<string, string> {
  const results = toResults(data);
  return { stdout: `${asJson ? JSON.stringify(results, undefined, 2) : summary(results)}\n` };
}
