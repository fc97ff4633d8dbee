/**
 * The scenario under k6: `k6 run src/k6.ts -e MALL_URL=http://127.0.0.1:3000 -e RATE=5 -e DURATION=60s`.
 * Types are stripped by k6 itself; the same scenario runs under Node by `npm run traffic`.
 */
import { check } from "k6";
import exec from "k6/execution";
import http from "k6/http";
import { Counter, Rate } from "k6/metrics";
import type { Options } from "k6/options";
import type { Browser, PageRequest } from "./scenario/browser.ts";
import { journeyOf, visitShop } from "./scenario/journeys.ts";

const url = __ENV["MALL_URL"] ?? "http://127.0.0.1:3000";
const seed = Number(__ENV["SEED"] ?? 1);
const rate = Number(__ENV["RATE"] ?? 5);

export const options: Options = {
  scenarios: {
    shoppers: {
      executor: "constant-arrival-rate",
      rate,
      timeUnit: "1s",
      duration: __ENV["DURATION"] ?? "60s",
      preAllocatedVUs: Math.max(10, rate * 4),
      maxVUs: Math.max(50, rate * 20),
    },
  },
  thresholds: {
    journey_failed: ["rate<0.01"],
    http_req_duration: ["p(95)<1500"],
  },
};

const journeys = new Counter("journeys");
const failed = new Rate("journey_failed");

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
    problem = error instanceof Error ? error.message : String(error);
  }
  check(problem, { [journey]: () => problem === "" });
  journeys.add(1, { journey });
  failed.add(problem !== "", { journey });
}
