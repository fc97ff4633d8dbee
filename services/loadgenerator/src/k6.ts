/**
 * The scenario under k6, which strips the types itself: `npm run traffic -- --k6`, or by hand
 * `k6 run services/loadgenerator/src/k6.ts -e RATE=5 -e DURATION=60s`.
 */
import { check } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { Counter, Rate } from "k6/metrics";
import type { Options, Scenario } from "k6/options";
import { summary } from "./node/report.ts";
import { type Browser, type PageRequest, stepNames, TurnedAway } from "./scenario/browser.ts";
import { journeyNames, journeyOf, visitShop } from "./scenario/journeys.ts";
import { type SummaryData, toResults } from "./k6-summary.ts";

const { MALL_URL: url = "http://127.0.0.1:3000", DURATION: duration = "60s", JSON: asJson } = __ENV;
const seed = Number(__ENV["SEED"] ?? 1);
const rate = Number(__ENV["RATE"] ?? 5);
const shoppers = Number(__ENV["SHOPPERS"] ?? 0);
const visits = Number(__ENV["VISITS"] ?? 0);

const openLoop: Scenario = {
  executor: "constant-arrival-rate",
  rate,
  timeUnit: "1s",
  duration,
  preAllocatedVUs: Math.max(10, rate * 4),
  maxVUs: Math.max(50, rate * 20),
};
const closedLoop: Scenario =
  visits > 0
    ? { executor: "shared-iterations", vus: shoppers, iterations: visits, maxDuration: "30m" }
    : { executor: "constant-vus", vus: shoppers, duration };

export const options: Options = {
  scenarios: { shoppers: shoppers > 0 ? closedLoop : openLoop },
  summaryTrendStats: ["med", "p(95)", "p(99)", "count"],
  thresholds: {
    journey_failed: ["rate<0.01"],
    http_req_duration: ["p(95)<1500"],
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

const browser: Browser = {
  async request({ step, method, path, form, language }: PageRequest) {
    const headers = { origin: url, "accept-language": language, accept: "text/html" };
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
  try {
    await visitShop(browser, index, seed);
  } catch (error) {
    if (error instanceof TurnedAway) turnedAway.add(1);
    else problem = error instanceof Error ? error.message : String(error);
  }
  check(problem, { [journey]: () => problem === "" });
  journeys.add(1, { journey });
  journeysFailed.add(problem === "" ? 0 : 1, { journey });
  failed.add(problem !== "");
}

/** The same report as under Node. */
export function handleSummary(data: SummaryData): Record<string, string> {
  const results = toResults(data);
  return { stdout: `${asJson ? JSON.stringify(results, undefined, 2) : summary(results)}\n` };
}
