/**
 * Judges the newest load test named LOAD_TEST in NAMESPACE, and exits with 99 when it failed. k6 runs this too, because
 * it is there already, speaks HTTP, and ends a Job as a Job has to end.
 */
import { check, sleep } from "k6";
import http from "k6/http";
import { Counter } from "k6/metrics";
import type { Options } from "k6/options";
import { hasEnded, type Job, newestOf, type TestRun, verdictOf } from "./verdict.ts";

const serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";
const { LOAD_TEST: name = "", NAMESPACE: namespace = "", PROMETHEUS_URL: prometheus = "" } = __ENV;
const { API_URL: api = "https://kubernetes.default.svc", TOKEN_FILE = `${serviceAccount}/token` } = __ENV;
const token = open(TOKEN_FILE).trim();
const waitSeconds = Number(__ENV["WAIT_SECONDS"] ?? 5 * 60 * 60);
const checkoutsFailedBelow = Number(__ENV["CHECKOUTS_FAILED_BELOW"] ?? 0.01);

export const options: Options = {
  scenarios: {
    verdict: { executor: "shared-iterations", iterations: 1, maxDuration: `${waitSeconds + 120}s` },
  },
  // A verdict that could not be reached, such as without an answer from the API server, has no findings.
  thresholds: { checks: ["rate==1"], findings: ["count>0"] },
};

const findings = new Counter("findings");

export default function judge(): void {
  const run = waitForEnd();
  if (!run) throw new Error(`There is no load test named ${name} in ${namespace}`);

  const selector = `k6_cr=${run.metadata.name},runner=true`;
  const verdict = verdictOf(run, {
    runners: list<Job>("batch/v1", "jobs", selector),
    checkoutsFailed: shareOfCheckoutsFailed(secondsSince(run.metadata.creationTimestamp)),
    checkoutsFailedBelow,
  });
  for (const { text, passed } of verdict) check(null, { [text]: () => passed });
  findings.add(verdict.length);
}

/** The newest run, when it has ended or can be waited for no longer. */
function waitForEnd(): TestRun | undefined {
  const deadline = Date.now() + waitSeconds * 1000;
  for (;;) {
    const newest = newestOf(list<TestRun>("k6.io/v1alpha1", "testruns", `mall/load-test=${name}`));
    if (hasEnded(newest) || Date.now() > deadline) return newest;
    sleep(5);
  }
}

function list<Item>(version: string, kind: string, labelSelector: string): Item[] {
  const path = `/apis/${version}/namespaces/${namespace}/${kind}`;
  const answer = http.get(`${api}${path}?labelSelector=${encodeURIComponent(labelSelector)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return (answer.json() as unknown as { items: Item[] }).items;
}

function shareOfCheckoutsFailed(seconds: number): number {
  const counted = (outcome: string): string =>
    `sum(increase(mall_checkouts_total{namespace="${namespace}"${outcome}}[${seconds}s]))`;
  const query = `(${counted(',outcome="failed"')} or vector(0)) / (${counted("")} > 0)`;
  const answer = http.get(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = answer.json() as unknown as { data?: { result: { value: [number, string] }[] } };
  return Number(data?.result[0]?.value[1] ?? Number.NaN);
}

const secondsSince = (time: string): number => Math.ceil((Date.now() - Date.parse(time)) / 1000);
