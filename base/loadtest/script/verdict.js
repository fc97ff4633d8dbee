// Made of services/loadgenerator/src/k6-verdict.ts by `node services/loadgenerator/dist/write-k6-scripts.js`.
// services/loadgenerator/src/k6-verdict.ts
import { check, sleep } from "k6";
import http from "k6/http";
import { Counter } from "k6/metrics";

// services/loadgenerator/src/verdict.ts
function verdictOf(run, evidence) {
  const { runners, checkoutsFailed, checkoutsFailedBelow: checkoutsFailedBelow2 } = evidence;
  const stage = run.status?.stage ?? "not begun";
  const { parallelism } = run.spec;
  return [
    { text: `${run.metadata.name} has ended: ${stage}`, passed: stage === "finished" },
    {
      text: `all ${parallelism} runners were there: ${runners.length}`,
      passed: runners.length === parallelism,
    },
    ...runners.map(({ metadata, status }) => ({
      text: `${metadata.name} met its thresholds`,
      passed: (status.succeeded ?? 0) > 0,
    })),
    {
      text: `of the checkouts that the shop counted, a share below ${checkoutsFailedBelow2} failed: ${checkoutsFailed}`,
      passed: checkoutsFailed < checkoutsFailedBelow2,
    },
  ];
}
var hasEnded = (run) => ["finished", "error"].includes(run?.status?.stage ?? "");
var newestOf = (runs) =>
  runs.toSorted((a, b) => b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp))[0];

// services/loadgenerator/src/k6-verdict.ts
var serviceAccount = "/var/run/secrets/kubernetes.io/serviceaccount";
var { LOAD_TEST: name = "", NAMESPACE: namespace = "", PROMETHEUS_URL: prometheus = "" } = __ENV;
var { API_URL: api = "https://kubernetes.default.svc", TOKEN_FILE = `${serviceAccount}/token` } = __ENV;
var token = open(TOKEN_FILE).trim();
var waitSeconds = Number(__ENV["WAIT_SECONDS"] ?? 5 * 60 * 60);
var checkoutsFailedBelow = Number(__ENV["CHECKOUTS_FAILED_BELOW"] ?? 0.01);
var options = {
  scenarios: {
    verdict: { executor: "shared-iterations", iterations: 1, maxDuration: `${waitSeconds + 120}s` },
  },
  // A verdict that could not be reached, such as without an answer from the API server, has no findings.
  thresholds: { checks: ["rate==1"], findings: ["count>0"] },
};
var findings = new Counter("findings");
function judge() {
  const run = waitForEnd();
  if (!run) throw new Error(`There is no load test named ${name} in ${namespace}`);
  const selector = `k6_cr=${run.metadata.name},runner=true`;
  const verdict = verdictOf(run, {
    runners: list("batch/v1", "jobs", selector),
    checkoutsFailed: shareOfCheckoutsFailed(secondsSince(run.metadata.creationTimestamp)),
    checkoutsFailedBelow,
  });
  for (const { text, passed } of verdict) check(null, { [text]: () => passed });
  findings.add(verdict.length);
}
function waitForEnd() {
  const deadline = Date.now() + waitSeconds * 1e3;
  for (;;) {
    const newest = newestOf(list("k6.io/v1alpha1", "testruns", `mall/load-test=${name}`));
    if (hasEnded(newest) || Date.now() > deadline) return newest;
    sleep(5);
  }
}
function list(version, kind, labelSelector) {
  const path = `/apis/${version}/namespaces/${namespace}/${kind}`;
  const answer = http.get(`${api}${path}?labelSelector=${encodeURIComponent(labelSelector)}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return answer.json().items;
}
function shareOfCheckoutsFailed(seconds) {
  const counted = (outcome) =>
    `sum(increase(mall_checkouts_total{namespace="${namespace}"${outcome}}[${seconds}s]))`;
  const query = `(${counted(',outcome="failed"')} or vector(0)) / (${counted("")} > 0)`;
  const answer = http.get(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
  const { data } = answer.json();
  return Number(data?.result[0]?.value[1] ?? Number.NaN);
}
var secondsSince = (time) => Math.ceil((Date.now() - Date.parse(time)) / 1e3);
export { judge as default, options };
