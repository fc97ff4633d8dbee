import { createServer, type RequestListener, type Server } from "node:http";
import { once } from "node:events";
import { afterEach, expect, test } from "@jest/globals";
import { startForTest } from "@mall/kit/testing";
import { currency } from "../../../services/currency/src/app.ts";
import { viewAlert, viewAnswer, viewRule } from "../src/metrics/metric-views.ts";
import { createMonitoring, type Monitoring } from "../src/metrics/monitoring.ts";
import { parseTargets } from "../src/metrics/target.ts";

const OPENMETRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }
});

async function givenService(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  servers.push(server);
  await once(server, "listening");
  const address = server.address();
  return `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
}

const page =
  (text: () => string): RequestListener =>
  (_, response) =>
    response.setHeader("content-type", OPENMETRICS).end(`${text()}\n# EOF\n`);

function givenMonitoring(targets: string, rules: string | null = null, scrapeTimeoutMs = 20_000) {
  let time = Date.UTC(2026, 10, 20);
  const monitoring = createMonitoring({
    targets: parseTargets(targets),
    rules,
    now: () => time,
    scrapeTimeoutMs,
  });
  return {
    ...monitoring,
    async after(ms: number) {
      time += ms;
      await monitoring.tick();
    },
  };
}

const values = (monitoring: Monitoring, query: string): Record<string, number> => {
  const value = monitoring.query(query);
  return typeof value === "number"
    ? { scalar: value }
    : Object.fromEntries(value.map(({ labels, value: each }) => [labels.toString(), each]));
};

test("a service of the mall is scraped: its own metrics with its labels, up, and traces as examples", async () => {
  const service = await startForTest(currency);
  try {
    const monitoring = givenMonitoring(`currency=${service.url}`);
    const traced = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
    await fetch(`${service.url}/currencies`, { headers: traced });
    await monitoring.after(0);
    await fetch(`${service.url}/currencies`, { headers: traced });
    await monitoring.after(2_000);

    const instance = new URL(service.url).host;
    expect(values(monitoring, "up")).toEqual({
      [`up{instance="${instance}",service="currency"}`]: 1,
    });
    expect(
      values(monitoring, "sum by (service, http_route) (http_server_request_duration_seconds_count)"),
    ).toEqual({ '{http_route="/currencies",service="currency"}': 2 });
    expect(values(monitoring, "count(scrape_duration_seconds)")).toEqual({ "{}": 1 });
    expect(monitoring.targets()).toMatchObject([
      { service: "currency", instance, health: "up", scrapes: 2, failures: 0, lastError: "" },
    ]);
    expect(monitoring.targets()[0]?.samples).toBeGreaterThan(50);
  } finally {
    await service.stop();
  }
});

test("exemplars are kept with their series, each once, newest first, also when a scrape fails between", async () => {
  let at = 1_700_000_000;
  let broken = false;
  const url = await givenService((request, response) =>
    broken ? void response.writeHead(503).end() : exemplified(request, response),
  );
  const exemplified = page(
    () =>
      `# TYPE d histogram\nd_bucket{le="1"} 1 # {trace_id="first"} 0.5 1700000000\nd_bucket{le="+Inf"} 1 # {trace_id="n${at}"} 7 ${at}`,
  );
  const monitoring = givenMonitoring(`cart=${url}`);
  for (let scrape = 0; scrape < 3; scrape++) {
    await monitoring.after(2_000);
    at++;
  }
  at--;
  for (broken of [true, false]) await monitoring.after(2_000);

  const found = monitoring.exemplars('d_bucket{service="cart", le=~".+"}');

  expect(found.map(({ labels }) => labels[0]?.[1])).toEqual([
    "n1700000002",
    "n1700000001",
    "first",
    "n1700000000",
  ]);
  expect(found[0]).toMatchObject({ value: 7, timeMs: 1_700_000_002_000 });
  expect(monitoring.exemplars('d_bucket{service="ad"}')).toEqual([]);
  const asked = 'histogram_quantile(0.9, sum by (le) (rate(d_bucket{le="1"}[1m]))) > -topk(1, absent_metric)';
  expect(monitoring.exemplars(asked).map(({ labels }) => labels[0]?.[1])).toEqual(["first"]);
});

test("a series that a scrape no longer brings is gone at once", async () => {
  let lines = 'a{x="1"} 1\na{x="2"} 2';
  const url = await givenService(page(() => lines));
  const monitoring = givenMonitoring(`cart=${url}`);
  await monitoring.after(0);
  expect(Object.values(values(monitoring, "a"))).toEqual([1, 2]);

  lines = 'a{x="2"} 3';
  await monitoring.after(2_000);

  expect(Object.values(values(monitoring, "a"))).toEqual([3]);
});

test("a target that goes away is down, its series are gone, and it comes back with them", async () => {
  let broken = false;
  const url = await givenService((request, response) =>
    broken ? void response.writeHead(503).end() : page(() => "a 1")(request, response),
  );
  const monitoring = givenMonitoring(`cart=${url}`);
  await monitoring.after(0);

  broken = true;
  await monitoring.after(2_000);
  expect(Object.values(values(monitoring, "up"))).toEqual([0]);
  expect(values(monitoring, "a")).toEqual({});
  expect(monitoring.targets()).toMatchObject([
    { health: "down", lastError: "it answered 503", scrapes: 2, failures: 1, samples: 0 },
  ]);
  expect([monitoring.isDown("cart"), monitoring.isDown("nobody")]).toEqual([true, false]);

  broken = false;
  await monitoring.after(2_000);
  expect(Object.values(values(monitoring, "up"))).toEqual([1]);
  expect(Object.values(values(monitoring, "a"))).toEqual([1]);
  expect(monitoring.targets()).toMatchObject([{ health: "up", lastError: "", failures: 1 }]);
});

test.each<[string, RequestListener, RegExp]>([
  ["hangs", () => undefined, /timeout/i],
  ["hangs amid its answer", (_, response) => void response.write("a 1\n"), /timeout|abort/i],
  ["sends a page", (_, response) => void response.end("<!doctype html>"), /line 1: a metric's name/],
  ["has labels that are none", page(() => "a{b=c} 1"), /label="value"/],
  ["redirects", (request, response) => redirecting(request, response), /redirect/],
  ["never ends", (_, response) => endless(response), /longer than|timeout/],
  ["has too many samples", page(() => "a 1\n".repeat(6_000)), /more than 5000 samples/],
  [
    "stops too early",
    (_, response) => void response.setHeader("content-type", OPENMETRICS).end("a 1\n"),
    /EOF/,
  ],
])(
  "a target that %s is down with a reason, and the others are scraped all the same",
  async (_, answer, reason) => {
    const [bad, good] = [await givenService(answer), await givenService(page(() => "a 1"))];
    const monitoring = givenMonitoring(`cart=${bad},ad=${good}`, null, 1_500);

    await monitoring.after(0);

    expect(values(monitoring, "sum by (service) (up)")).toEqual({
      '{service="cart"}': 0,
      '{service="ad"}': 1,
    });
    expect(monitoring.targets()[0]).toMatchObject({ health: "down", failures: 1 });
    expect(monitoring.targets()[0]?.lastError).toMatch(reason);
    expect(Object.keys(values(monitoring, "a"))).toHaveLength(1);
  },
);

const redirecting: RequestListener = (request, response) =>
  request.url === "/metrics"
    ? void response.writeHead(302, { location: "/elsewhere" }).end()
    : page(() => "a 1")(request, response);

function endless(response: Parameters<RequestListener>[1]): void {
  const chunk = `# ${"x".repeat(1_000_000)}\n`;
  const more = (): void => {
    if (!response.destroyed) response.write(chunk, more);
  };
  more();
}

test("a target at which nobody listens is down, and why is said", async () => {
  const url = await givenService(() => undefined);
  const [server] = servers.splice(0);
  server?.close();
  const monitoring = givenMonitoring(`cart=${url}`);

  await monitoring.after(0);

  expect(monitoring.targets()[0]).toMatchObject({ health: "down" });
  expect(monitoring.targets()[0]?.lastError).toContain("ECONNREFUSED");
});

test("the target's labels stand; a service that says otherwise is heard beside them", async () => {
  const url = await givenService(page(() => 'a{service="other",instance="x"} 1'));
  const monitoring = givenMonitoring(`cart=${url}`);

  await monitoring.after(0);

  expect(Object.keys(values(monitoring, "a"))).toEqual([
    `a{exported_instance="x",exported_service="other",instance="${new URL(url).host}",service="cart"}`,
  ]);
});

test("scrapes and evaluations come at their own pace, however often the clock ticks", async () => {
  let scrapes = 0;
  const url = await givenService(page(() => `a_total ${++scrapes}`));
  const rules = `groups: [{ name: g, rules: [{ record: "r:sum", expr: sum(a_total) }, { alert: A, expr: r:sum > 2 }] }]`;
  const monitoring = givenMonitoring(`cart=${url}`, rules);

  for (let second = 0; second < 13; second++) await monitoring.after(1_000);

  expect(scrapes).toBe(7);
  expect(values(monitoring, "r:sum")).toEqual({ "r:sum{}": 7 });
  expect(values(monitoring, "ALERTS")).toEqual({ 'ALERTS{alertname="A",alertstate="firing"}': 1 });
  expect(monitoring.alerts()).toMatchObject([{ state: "firing", value: 7 }]);
});

test("what is asked for can be sent as JSON, numbers that JSON lacks included", async () => {
  const url = await givenService(page(() => 'a{x="2"} +Inf\na{x="1"} NaN\na{x="3"} -Inf'));
  const rules = `groups: [{ name: g, rules: [{ alert: A, expr: "a > 1", for: 1m, annotations: { summary: s } }] }]`;
  const monitoring = givenMonitoring(`cart=${url}`, rules);
  await monitoring.after(0);

  const answer = viewAnswer(monitoring.query("sum by (x) (a)"));

  expect(answer).toEqual({
    type: "vector",
    samples: [
      { labels: [["x", "1"]], value: "NaN" },
      { labels: [["x", "2"]], value: "+Inf" },
      { labels: [["x", "3"]], value: "-Inf" },
    ],
  });
  expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
  expect(viewAnswer(monitoring.query("1 / 4"))).toEqual({ type: "scalar", value: "0.25" });
  expect(monitoring.alerts().map(viewAlert)).toMatchObject([
    { name: "A", state: "pending", value: "+Inf", annotations: [["summary", "s"]], firingSinceMs: null },
  ]);
  expect(monitoring.rules().map(viewRule)).toMatchObject([
    { group: "g", name: "A", kind: "alerting", query: "a > 1", forMs: 60_000, health: "ok", results: 2 },
  ]);
});

test("targets are named with service and address, and a wrong entry is named", () => {
  expect(parseTargets("cart=http://127.0.0.1:8008, info=http://127.0.0.1:8010/,")).toEqual([
    { service: "cart", instance: "127.0.0.1:8008", url: "http://127.0.0.1:8008/metrics" },
    { service: "info", instance: "127.0.0.1:8010", url: "http://127.0.0.1:8010/metrics" },
  ]);
  for (const wrong of ["cart", "=http://a", "cart=ftp://a", "cart=8008", "a b=http://a"])
    expect(() => parseTargets(wrong)).toThrow(wrong);
});
