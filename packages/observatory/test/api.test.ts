import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type {
  Comparison,
  Differences,
  Graph,
  HeatMap,
  Services,
  TraceDetail,
  TraceList,
} from "../src/api-types.ts";
import { givenObservatory, type GivenObservatory } from "./support/given-observatory.ts";
import { exportRequest, spanId, traceId, type SpanSpec } from "./support/otlp-request.ts";

let observatory: GivenObservatory;
beforeEach(async () => {
  observatory = await givenObservatory();
});
afterEach(async () => {
  expect(observatory.errors).toEqual([]);
  await observatory.stop();
});

const order = (name: string, ms: number, over: Partial<SpanSpec> = {}): SpanSpec[] => [
  {
    traceId: name,
    spanId: `${name}r`,
    kind: "server",
    to: ms,
    attributes: { "http.route": "/orders", "http.request.method": "POST" },
    ...over,
  },
  { traceId: name, spanId: `${name}c`, parent: `${name}r`, kind: "client", from: 1, to: ms - 1 },
  {
    traceId: name,
    spanId: `${name}s`,
    parent: `${name}c`,
    kind: "server",
    service: "purchase",
    from: 2,
    to: ms - 2,
    attributes: { "mall.card.kind": ms > 100 ? "slow" : "visa" },
  },
];

const ids = async (query: string): Promise<string[]> =>
  (await observatory.get<TraceList>(`/api/traces?${query}`)).traces.map((trace) => trace.traceId);

describe("the trace list", () => {
  beforeEach(async () => {
    await observatory.send(...order("quick", 50));
    observatory.advance(1_000);
    await observatory.send(...order("slow", 900));
    observatory.advance(1_000);
    await observatory.send(...order("failed", 60, { error: "out of stock" }));
    observatory.advance(1_000);
    await observatory.send({
      traceId: "other",
      spanId: "o",
      kind: "server",
      service: "search",
      name: "GET /search",
    });
  });

  test.each([
    ["", ["other", "failed", "slow", "quick"]],
    ["limit=2", ["other", "failed"]],
    ["service=purchase", ["failed", "slow", "quick"]],
    ["service=checkout&route=POST%20/orders", ["failed", "slow", "quick"]],
    ["service=purchase&route=POST%20/orders", []],
    ["minMs=100", ["slow"]],
    ["maxMs=50", ["other", "quick"]],
    ["errors=true", ["failed"]],
    ["cause=checkout", ["failed"]],
    ["cause=purchase", []],
    ["cause=checkout&attr=mall.card.kind=slow", []],
    ["attr=mall.card.kind=slow", ["slow"]],
    ["attr=mall.card.kind", ["failed", "slow", "quick"]],
    ["attr=mall.card.kind=visa&attr=http.route=/orders&minMs=55", ["failed"]],
    ["attr=service.name=search", ["other"]],
    ["service=&route=&minMs=", ["other", "failed", "slow", "quick"]],
  ])("filtered by %p", async (query, names) => {
    expect(await ids(query)).toEqual(names.map(traceId));
  });

  test.each(["minMs=soon", "limit=0", "limit=100000", "errors=maybe", "minMs=-1"])(
    "names the parameter in %s that it does not understand",
    async (query) => {
      const { body } = await observatory.http.get(`/api/traces?${query}`).expect(400);

      expect((body as { detail: string }).detail).toContain(query.split("=")[0]);
    },
  );

  test("says what each trace is", async () => {
    const { traces, matched, searched } = await observatory.get<TraceList>("/api/traces?limit=2&errors=true");

    expect([matched, searched]).toEqual([1, 4]);
    expect(traces[0]).toMatchObject({
      service: "checkout",
      operation: "POST /orders",
      durationMs: 60,
      spans: 3,
      services: ["checkout", "purchase"],
      errors: 1,
      failed: true,
      badges: [],
    });
  });

  test("marks a trace of which parts have not arrived", async () => {
    await observatory.send({ traceId: "torn", spanId: "t", parent: "unseen" });

    const { traces } = await observatory.get<TraceList>("/api/traces?limit=1");

    expect(traces[0]?.badges).toEqual(["no-root", "missing-spans"]);
  });
});

describe("a trace", () => {
  test("comes with waterfall, critical path, root cause and raw timestamps", async () => {
    await observatory.send(...order("a", 100, { error: "declined" }));

    const detail = await observatory.get<TraceDetail>(`/api/traces/${traceId("a")}`);

    expect(detail.spans.map(({ service, depth, offsetNs }) => [service, depth, offsetNs])).toEqual([
      ["checkout", 0, 0],
      ["checkout", 1, 1e6],
      ["purchase", 2, 2e6],
    ]);
    expect(detail.spans[0]?.startUnixNano).toBe("1790000000000000000");
    expect(detail.criticalPath?.services).toEqual([
      { service: "purchase", timeNs: 96e6, share: 0.96 },
      { service: "checkout", timeNs: 4e6, share: 0.04 },
    ]);
    expect(detail.rootCause).toMatchObject({ spanId: spanId("ar"), statusMessage: "declined" });
  });

  test("marks the span whose clock disagrees, and shows its timestamps as they were", async () => {
    await observatory.send(
      { spanId: "call", kind: "client", from: 100, to: 200 },
      { spanId: "serve", parent: "call", kind: "server", service: "cart", from: 20, to: 80 },
    );

    const { spans } = await observatory.get<TraceDetail>(`/api/traces/${traceId("trace")}`);

    expect(spans.map(({ marks, offsetNs }) => [marks, offsetNs])).toEqual([
      [[], 80e6],
      [["clock-skew"], 0],
    ]);
  });

  test("and the mail it caused know each other, both ways", async () => {
    await observatory.send(...order("a", 100), {
      traceId: "mail",
      spanId: "send",
      service: "email",
      links: [{ traceId: "a", spanId: "ar" }],
    });

    const [orderTrace, mail] = [
      await observatory.get<TraceDetail>(`/api/traces/${traceId("a")}`),
      await observatory.get<TraceDetail>(`/api/traces/${traceId("mail")}`),
    ];

    expect(orderTrace.links).toEqual([
      {
        direction: "in",
        traceId: traceId("mail"),
        spanId: spanId("send"),
        available: true,
        ownSpanId: spanId("ar"),
      },
    ]);
    expect(mail.links).toMatchObject([{ direction: "out", traceId: traceId("a"), available: true }]);
    expect(orderTrace.spans[0]?.links).toHaveLength(1);
  });

  test("that was never seen is not found, and one that was evicted says so", async () => {
    const small = await givenObservatory({ storage: { maxSpans: 3 } });
    await small.send(...order("a", 10));
    await small.send(...order("b", 10));

    const gone = await small.http.get(`/api/traces/${traceId("a")}`).expect(404);
    const unknown = await small.http.get(`/api/traces/${traceId("z")}`).expect(404);

    expect(gone.body).toMatchObject({ status: 404, evicted: true });
    expect(unknown.body).toMatchObject({ status: 404, evicted: false });
    await small.stop();
  });

  test("exported and imported elsewhere is the same trace, but in no rate", async () => {
    await observatory.send(
      ...order("a", 100, { events: [{ name: "exception", attributes: { "exception.type": "E" } }] }),
    );
    const exported = await observatory.http.get(`/api/traces/${traceId("a")}/export`).expect(200);
    const elsewhere = await givenObservatory();

    const imported = await elsewhere.http
      .post("/api/traces")
      .send(exported.body as object)
      .expect(201);
    const [original, copy] = [
      await observatory.get<TraceDetail>(`/api/traces/${traceId("a")}`),
      await elsewhere.get<TraceDetail>(`/api/traces/${traceId("a")}`),
    ];

    expect(exported.headers["content-disposition"]).toBe(`attachment; filename="trace-${traceId("a")}.json"`);
    expect(imported.body).toEqual({ traceIds: [traceId("a")], accepted: 3, duplicates: 0, rejected: 0 });
    expect(copy.spans).toEqual(original.spans);
    expect(copy.summary.badges).toEqual(["imported"]);
    expect((await elsewhere.get<Services>("/api/services")).services).toEqual([]);
    expect(elsewhere.snapshot().overview.telemetry).toMatchObject({ accepted: 3, kept: 3, imported: 3 });
    await elsewhere.stop();
  });

  test("can be brought back by import after it was evicted", async () => {
    const small = await givenObservatory({ storage: { maxSpans: 3 } });
    await small.send(...order("a", 10));
    await small.send(...order("b", 10));

    await small.http
      .post("/api/traces")
      .send(exportRequest(order("a", 10)))
      .expect(201);

    await small.http.get(`/api/traces/${traceId("a")}`).expect(200);
    const { accepted, kept, evicted, dropped } = small.snapshot().overview.telemetry;
    expect(kept + evicted + dropped).toBe(accepted);
    await small.stop();
  });

  test.each([[{}], [{ resourceSpans: [] }], [{ resourceSpans: [{ scopeSpans: [{ spans: [{}] }] }] }], [[1]]])(
    "is not imported from %j",
    async (body) => {
      await observatory.http.post("/api/traces").send(body).expect(400);
    },
  );
});

test("two traces are compared place by place", async () => {
  await observatory.send(...order("good", 100));
  await observatory.send(...order("bad", 300), {
    traceId: "bad",
    spanId: "retry",
    parent: "badr",
    kind: "client",
    from: 298,
    to: 299,
    name: "retry",
  });

  const comparison = await observatory.get<Comparison>(
    `/api/compare?a=${traceId("good")}&b=${traceId("bad")}`,
  );

  expect(comparison.rows.map(({ depth, operation, deltaMs }) => [depth, operation, deltaMs])).toEqual([
    [0, "POST /orders", 200],
    [1, "goodc", -98],
    [2, "goods", -96],
    [1, "badc", 298],
    [2, "bads", 296],
    [1, "retry", 1],
  ]);
  expect(comparison.rows[0]).toMatchObject({ a: { count: 1, totalMs: 100, selfMs: 2 }, b: { totalMs: 300 } });
  expect(comparison.services[0]).toMatchObject({ service: "purchase", aMs: 96, bMs: 296, deltaMs: 200 });
  await observatory.http.get(`/api/compare?a=${traceId("good")}&b=nothing`).expect(404);
});

describe("the heat map", () => {
  test("counts every request, and its cells lead to traces that show it", async () => {
    for (let n = 0; n < 20; n += 1) await observatory.send(...order(`q${n}`, 50));
    observatory.advance(30_000);
    await observatory.send(...order("slow", 800), ...order("broken", 780, { error: "x" }));

    const map = await observatory.get<HeatMap>("/api/heatmap?service=checkout&route=POST%20/orders");
    const [quick, slow] = map.cells;

    expect(map.cells).toHaveLength(2);
    expect(quick).toMatchObject({ count: 20, errors: 0, column: 56 });
    expect(slow).toMatchObject({ count: 2, errors: 1, column: 59 });
    expect(quick?.minMs).toBeLessThan(50);
    expect(quick?.maxMs).toBeGreaterThan(50);
    expect(slow?.examples).toEqual([
      { traceId: traceId("broken"), available: true, error: true },
      { traceId: traceId("slow"), available: true, error: false },
    ]);
    expect((await observatory.get<HeatMap>("/api/heatmap")).cells).toHaveLength(2);
    expect((await observatory.get<HeatMap>("/api/heatmap?service=nobody")).cells).toEqual([]);
  });
});

test("what differs in the slow ones is found among all their attributes", async () => {
  for (let n = 0; n < 30; n += 1) await observatory.send(...order(`o${n}`, n % 10 === 0 ? 500 : 50));

  const found = await observatory.get<Differences>("/api/differences?service=checkout&minMs=200");

  expect(found).toMatchObject({ selected: 3, others: 27 });
  expect(found.differences[0]).toEqual({
    key: "mall.card.kind",
    value: "slow",
    selectedShare: 1,
    otherShare: 0,
  });
  expect(found.differences.map(({ key }) => key)).not.toContain("http.route");
});

test("services and graph tell the same story", async () => {
  for (let n = 0; n < 10; n += 1) {
    const failed: Partial<SpanSpec> = n < 2 ? { attributes: { "http.response.status_code": 500 } } : {};
    await observatory.send(...order(`o${n}`, 50).map((spec) => ({ ...spec, ...failed })));
  }

  const { services, operations } = await observatory.get<Services>("/api/services?service=purchase");
  const graph = await observatory.get<Graph>("/api/graph");

  expect(services.map(({ service, health }) => [service, health])).toEqual([
    ["checkout", "failing"],
    ["purchase", "failing"],
  ]);
  expect(operations.every(({ service }) => service === "purchase")).toBe(true);
  expect(graph.edges.map(({ id, stats }) => [id, stats.count, stats.errorShare])).toEqual([
    ["service:checkout -> service:purchase", 10, 0.2],
    ["user:user -> service:checkout", 10, 0.2],
  ]);
});
