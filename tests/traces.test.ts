import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mallAttributes } from "@mall/kit";
import { eventually, type ReceivedSpan as Span } from "@mall/kit/testing";
import { runTraffic, type TrafficResults } from "@mall/loadgenerator";
import { serviceTable } from "./support/service-table.ts";
import { edgesOf, type Trace, tracesOf } from "./support/traces.ts";
import { startWholeMall, type WholeMall } from "./support/whole-mall.ts";

const visits = 200;
const atOnce = 20;
const release = "cart:canary.checkout:canary";
const version = "2026.11.23-traces";

let mall: WholeMall;
let results: TrafficResults[];
let spans: readonly Span[];
let traces: Trace[];

beforeAll(async () => {
  mall = await startWholeMall({
    OTEL_LOGS_EXPORTER: "otlp",
    OTEL_BLRP_SCHEDULE_DELAY: "200",
    SERVICE_VERSION: version,
  });
  const shop = { url: mall.url("frontend"), shoppers: atOnce, durationMs: Infinity, seed: 7 };
  results = [
    await runTraffic({ ...shop, visits }),
    await runTraffic({ ...shop, visits: 40, baggage: `user.id=typed,mall.release=${release}` }),
    await runTraffic({ ...shop, visits: 2, baggage: "mall.release=cart canary" }),
  ];
  await allEventsDelivered();
  await mall.receiver.quiet();
  spans = mall.receiver.spans;
  traces = tracesOf(spans);
}, 240_000);
afterAll(() => mall.stop());

async function allEventsDelivered(): Promise<void> {
  await eventually(async () => {
    const [left] = await mall.query<{ jobs: number }>(
      "checkout",
      "select count(*)::int as jobs from graphile_worker.jobs",
    );
    expect(left?.jobs).toBe(0);
  }, 30_000);
}

const ofKind = (kind: Span["kind"]) => spans.filter((span) => span.kind === kind);

describe(`the traces of ${visits} visits, ${atOnce} at a time`, () => {
  test("are there: every visit went well and every page made a trace", () => {
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(results[0]?.visits).toBe(visits);
    const pages = ofKind("server").filter(
      ({ service, parentSpanId }) => service === "frontend" && !parentSpanId,
    );
    const requests = results.flatMap(({ steps }) => steps).reduce((sum, step) => sum + step.requests, 0);
    expect(pages).toHaveLength(requests);
  });

  test("are each one connected tree: one root, no orphan", () => {
    expect(traces.filter(({ orphans }) => orphans.length > 0).map(describeTrace)).toEqual([]);
    expect(traces.filter(({ roots }) => roots.length !== 1).map(describeTrace)).toEqual([]);
  });

  test("show exactly the calls and events that the services declare, and no circle", () => {
    const declared = serviceTable.flatMap(({ name, calls, delivers }) => [
      ...calls.map((callee) => `${name} -> ${callee}`),
      ...delivers.flatMap((consumer) => [`${name} -> ${consumer}`, `${name} ~> ${consumer}`]),
    ]);

    const seen = edgesOf(spans);

    expect([...seen].toSorted()).toEqual(declared.toSorted());
    expect(circleIn(serviceTable)).toBeUndefined();
  });

  test("name every request by its route, on both of its ends", () => {
    const unnamed = ofKind("server").filter(({ attributes }) => attributes["http.route"] === undefined);
    expect(unnamed.map(describeSpan)).toEqual([]);
    const calls = ofKind("client").filter(({ attributes }) => "http.request.method" in attributes);
    const unlabelled = calls.filter(
      ({ attributes }) => !attributes["peer.service"] || !attributes["url.template"],
    );
    expect(unlabelled.map(describeSpan)).toEqual([]);
  });

  test("carry no attribute of the mall's own that the registry does not declare, with the declared type", () => {
    const own = spans.flatMap(({ attributes }) =>
      Object.entries(attributes).filter(([name]) => name.startsWith("mall.")),
    );
    const wrong = own.filter(([name, value]) => {
      const declared = (mallAttributes as Record<string, { type: string }>)[name];
      return declared?.type !== typeof value;
    });
    expect([...new Set(wrong.map(([name, value]) => `${name}: ${typeof value}`))]).toEqual([]);
    expect(own.length).toBeGreaterThan(visits);
  });
});

describe("the trace of one purchase", () => {
  test("goes from the storefront to the SQL statements of every service that it touched", () => {
    const purchase = theTraceOf("POST /checkout", "confirmed");

    const touched = new Set(purchase.spans.map(({ service }) => service));
    expect([...touched].toSorted()).toEqual(
      expect.arrayContaining(["cart", "checkout", "currency", "frontend", "product", "purchase", "shipping"]),
    );
    const withSql = new Set(
      purchase.spans.filter(({ attributes }) => isSql(attributes)).map(({ service }) => service),
    );
    // The storefront reads its database for the form, not for the post; currency has none.
    expect([...withSql].toSorted()).toEqual(["cart", "checkout", "product", "purchase", "shipping"]);
  });

  test("is linked to by what email and info did with its event, each once", () => {
    const purchase = theTraceOf("POST /checkout", "confirmed");
    const producers = purchase.spans.filter(({ kind }) => kind === "producer");
    expect(producers.map(({ name }) => name)).toEqual(["send order.confirmed"]);

    const linked = ofKind("consumer").filter(({ links }) =>
      links.some(({ spanId }) => spanId === producers[0]?.spanId),
    );

    expect(linked.map(({ service }) => service).toSorted()).toEqual(["email", "info"]);
    expect(linked.map(({ attributes }) => attributes["mall.event.duplicate"])).toEqual([false, false]);
  });
});

describe("the release that a request asks for", () => {
  const reached = () => spans.filter(({ attributes }) => attributes["mall.release"] !== undefined);

  test("reaches every service, at any depth, and over the outbox", () => {
    expect(new Set(reached().map(({ attributes }) => attributes["mall.release"]))).toEqual(
      new Set([release]),
    );
    const services = new Set(reached().map(({ service }) => service));
    expect([...services].toSorted()).toEqual(serviceTable.map(({ name }) => name).toSorted());
  });

  test("is kept through a whole trace, and in no other", () => {
    const served = traces.map(({ spans: ofTrace }) => ofTrace.filter(({ kind }) => kind === "server"));
    const mixed = served.filter(
      (ofTrace) => new Set(ofTrace.map(({ attributes }) => attributes["mall.release"])).size > 1,
    );
    expect(mixed.flat().map(describeSpan)).toEqual([]);
  });

  test("is all that is believed of a stranger's baggage, and only when it is well-formed", async () => {
    const kept = await mall.query<{ baggage: string | null }>(
      "checkout",
      "select distinct baggage from orders order by baggage",
    );
    expect(kept.map(({ baggage }) => baggage && decodeURIComponent(baggage))).toEqual([
      `mall.release=${release}`,
      null,
    ]);
  });
});

test("every span says which version made it", () => {
  expect(new Set(spans.map(({ resource }) => resource["service.version"]))).toEqual(new Set([version]));
});

describe("nothing that was exported names a shopper", () => {
  // What the load generator's shoppers are called and where they live; their cards' numbers are known to nobody.
  const names = [
    "한지우",
    "김서연",
    "박도윤",
    "Quill",
    "Ellery",
    "Okafor",
    "Marchena",
    "Olaizola",
    "Villalobos",
  ];
  const streets = ["세종대로", "테헤란로", "Larkspur", "Harbor Street", "Calle de Alcal", "Gran Vía"];
  const personal = [...names, ...streets, "@example.com"];
  const found = (text: string) => [
    ...personal.filter((word) => text.includes(word) || text.includes(encodeURIComponent(word))),
    ...(text.match(/mall_session=[\w-]+/) ?? []),
  ];

  test("no span and no log record", () => {
    expect(mall.receiver.text().length).toBeGreaterThan(1_000_000);
    expect(mall.receiver.logs.length).toBeGreaterThan(visits);
    expect(found(mall.receiver.text())).toEqual([]);
  });

  test.each(serviceTable.map(({ name }) => name))("no log line and no metric of %s", async (name) => {
    const logs = await mall.logs(name);
    expect(logs).toContain('"msg":"request"');
    expect(found(logs)).toEqual([]);
    const metrics = await (await fetch(`${mall.url(name)}/metrics`)).text();
    expect(metrics).toContain("http_server_request_duration_seconds_bucket");
    expect(found(metrics)).toEqual([]);
  });
});

test("every log line of a request carries the trace that it belongs to, and its latency has it as exemplar", async () => {
  const known = new Set(traces.map(({ id }) => id));
  const lines = (await mall.logs("cart")).split("\n").filter((line) => line.includes('"msg":"request"'));
  const strange = lines.filter((line) => !known.has((JSON.parse(line) as { trace_id: string }).trace_id));
  expect(strange).toEqual([]);
  const metrics = await (await fetch(`${mall.url("cart")}/metrics`)).text();
  const [, exemplar = ""] =
    /http_server_request_duration_seconds_bucket.*# \{trace_id="(\w{32})"/.exec(metrics) ?? [];
  expect(known).toContain(exemplar);
});

test("every line that a service writes reaches the collector too, with its severity and its trace", async () => {
  for (const name of ["frontend", "cart", "email"]) {
    const written = (await mall.logs(name))
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { level: string; msg: string; trace_id?: string; span_id?: string });
    const exported = mall.receiver.logs.filter(({ service }) => service === name);
    expect(
      exported.map(({ severity, body, traceId, spanId }) => ({ severity, body, traceId, spanId })),
    ).toEqual(
      written.map(({ level, msg, trace_id: traceId, span_id: spanId }) => ({
        severity: level.toUpperCase(),
        body: msg,
        traceId,
        spanId,
      })),
    );
  }
});

/** The first trace whose root is this request and in which an order came to this state. */
function theTraceOf(root: string, orderState: string): Trace {
  const found = traces.find(
    ({ roots, spans: ofTrace }) =>
      roots[0]?.name === root &&
      ofTrace.some(({ attributes }) => attributes["mall.order.state"] === orderState),
  );
  if (!found) throw new Error(`no trace of ${root} with an order that is ${orderState}`);
  return found;
}

const isSql = (attributes: Span["attributes"]): boolean =>
  attributes["db.system.name"] === "postgresql" || attributes["db.system"] === "postgresql";

const describeSpan = ({ service, name, traceId }: Span): string => `${service}: ${name} (${traceId})`;
const describeTrace = ({ id, roots, orphans }: Trace): string =>
  `${id}: roots ${roots.map(describeSpan).join(", ")}; orphans ${orphans.map(describeSpan).join(", ")}`;

/** A circle of calls as a path, if there is one. */
function circleIn(table: typeof serviceTable): string[] | undefined {
  const calls = new Map(table.map(({ name, calls: callees, delivers }) => [name, [...callees, ...delivers]]));
  function walk(path: string[]): string[] | undefined {
    for (const next of calls.get(path.at(-1) ?? "") ?? []) {
      if (path.includes(next)) return [...path, next];
      const circle = walk([...path, next]);
      if (circle) return circle;
    }
    return undefined;
  }
  for (const { name } of table) {
    const circle = walk([name]);
    if (circle) return circle;
  }
  return undefined;
}
