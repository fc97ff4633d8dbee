import { describe, expect, test } from "@jest/globals";
import { createRollingSeries } from "../src/analysis/rolling-series.ts";
import { givenEngine, type Engine } from "./support/given.ts";
import { EPOCH_MS, type AttributeMap, type SpanSpec } from "./support/otlp-request.ts";

const call = (name: string, over: Partial<SpanSpec> = {}): SpanSpec => ({
  traceId: name,
  spanId: `${name}c`,
  parent: "caller",
  kind: "client",
  service: "checkout",
  ...over,
});

const answer = (name: string, over: Partial<SpanSpec> = {}): SpanSpec => ({
  traceId: name,
  spanId: `${name}s`,
  parent: `${name}c`,
  kind: "server",
  service: "cart",
  ...over,
});

const edges = (engine: Engine): string[] =>
  engine.graph.graph().edges.map(({ id, stats }) => `${id} ${stats.count}`);

const edge = (engine: Engine, id: string) =>
  engine.graph.graph().edges.find((candidate) => candidate.id === id);

const CART = "service:checkout -> service:cart";
const at = (port: number): AttributeMap => ({ "server.address": "127.0.0.1", "server.port": port });

describe("an edge", () => {
  test.each([
    ["the callee's span comes first", [answer("a"), call("a")]],
    ["the caller's span comes first", [call("a"), answer("a")]],
  ])("is drawn once when %s", (_order, specs) => {
    const engine = givenEngine();
    for (const spec of specs) engine.receive(spec);
    engine.advance(11_000);
    engine.tick();

    expect(edges(engine)).toEqual([`${CART} 1`]);
  });

  test("carries an event from its producer to every consumer, by parent or by link", () => {
    const engine = givenEngine();
    engine.receive(
      { traceId: "order", spanId: "publish", kind: "producer", service: "checkout" },
      { traceId: "order", spanId: "stats", parent: "publish", kind: "consumer", service: "info" },
      {
        traceId: "mail",
        spanId: "send",
        kind: "consumer",
        service: "email",
        links: [{ traceId: "order", spanId: "publish" }],
      },
    );

    expect(edges(engine)).toEqual([
      "service:checkout ~> service:email 1",
      "service:checkout ~> service:info 1",
    ]);
    expect(engine.graph.graph().edges.every(({ mode }) => mode === "async")).toBe(true);
  });

  test("from a producer waits for a consumer that was down for half a minute", () => {
    const engine = givenEngine();
    engine.receive({ traceId: "order", spanId: "publish", kind: "producer" });
    engine.advance(30_000);
    engine.tick();
    engine.receive({
      traceId: "mail",
      spanId: "send",
      kind: "consumer",
      service: "email",
      links: [{ traceId: "order", spanId: "publish" }],
    });

    expect(edges(engine)).toEqual(["service:checkout ~> service:email 1"]);
  });

  test("to a linked consumer counts once, also when an HTTP call carried the event", () => {
    const engine = givenEngine();
    engine.receive({ traceId: "order", spanId: "publish", kind: "producer" }, call("relay"), {
      ...answer("relay", { kind: "consumer", service: "email" }),
      links: [{ traceId: "order", spanId: "publish" }],
    });

    expect(edges(engine)).toEqual(["service:checkout ~> service:email 1"]);
  });

  test("fails when either end says so, and a 4xx is the caller's fault", () => {
    const engine = givenEngine();
    engine.receive(call("a", { error: "timeout" }), answer("a"));
    engine.receive(call("b"), answer("b", { error: "boom" }));
    engine.receive(
      call("c", { error: "404", attributes: { "http.response.status_code": 404 } }),
      answer("c", { attributes: { "http.response.status_code": 404 } }),
    );
    engine.receive(call("d"), answer("d"));

    expect(edge(engine, CART)).toMatchObject({
      health: "failing",
      stats: { count: 4, errorShare: 0.5, clientErrorShare: 0.25 },
    });
  });

  test.each([
    [999, 1, "degraded"],
    [9_990, 1, "healthy"],
    [90, 10, "degraded"],
    [89, 11, "failing"],
  ])("with %d good answers and %d failures is, as in Kiali, %s", (good, bad, health) => {
    const engine = givenEngine();
    for (let n = 0; n < good + bad; n += 1) {
      engine.receive(call(`t${n}`), answer(`t${n}`, n < bad ? { error: "x" } : {}));
    }

    expect(edge(engine, CART)?.health).toBe(health);
  });

  test("nobody waits for a database: it sends no spans, and its rate does not lag", () => {
    const engine = givenEngine();
    engine.receive(call("a", { attributes: { "db.system.name": "postgresql", "db.namespace": "cart" } }));
    engine.receive(call("b", { attributes: { "db.system": "redis" } }));

    expect(edges(engine)).toEqual([
      "service:checkout -> database:postgresql/cart 1",
      "service:checkout -> database:redis 1",
    ]);
  });

  test("to an unknown party is drawn after waiting, by the name the caller used", () => {
    const engine = givenEngine();
    engine.receive(call("a", { attributes: { "peer.service": "acquirer" } }));
    engine.receive(call("b", { attributes: { "server.address": "smtp.example.com", "server.port": 25 } }));
    engine.receive(call("c"));
    expect(edges(engine)).toEqual([]);

    engine.advance(15_000);
    engine.tick();

    expect(edges(engine)).toEqual([
      "service:checkout -> external:acquirer 1",
      "service:checkout -> external:smtp.example.com:25 1",
    ]);
    expect(engine.graph.pairingHealth()).toMatchObject({ unknownCallees: 1, waiting: 0 });
  });

  test("to an unknown party has its true rate, although it is known only after waiting", () => {
    const engine = givenEngine();
    for (let n = 0; n < 240; n += 1) {
      engine.receive(call(`t${n}`, { attributes: { "peer.service": "acquirer" } }));
      engine.advance(250);
      engine.tick();
    }

    const acquirer = edge(engine, "service:checkout -> external:acquirer");
    expect(acquirer?.delayMs).toBe(10_000);
    expect(acquirer?.stats.rate).toBeCloseTo(4, 5);
  });

  test("to a service that has died is drawn to that service at once, and fails", () => {
    const engine = givenEngine();
    engine.receive(call("a", { attributes: at(8008) }), answer("a"));
    engine.receive(call("b", { attributes: at(8008), error: "ECONNREFUSED" }));

    expect(edge(engine, CART)).toMatchObject({ health: "failing", stats: { count: 2, errorShare: 0.5 } });
    expect(engine.graph.graph().nodes.map(({ id }) => id)).toEqual(["service:cart", "service:checkout"]);
  });

  test("of a call that timed out counts once, although the answer came in the end", () => {
    const engine = givenEngine();
    engine.receive(call("a", { attributes: at(8008) }), answer("a"));
    engine.receive(call("b", { attributes: at(8008), error: "timeout" }));
    engine.receive(answer("b"));
    engine.advance(11_000);
    engine.tick();

    expect(edges(engine)).toEqual([`${CART} 2`]);
  });

  test("begins at the user where a request has no caller", () => {
    const engine = givenEngine();
    engine.receive({ spanId: "root", kind: "server", service: "frontend" });

    expect(edges(engine)).toEqual(["user:user -> service:frontend 1"]);
  });

  test("is not invented for an answer whose caller never came", () => {
    const engine = givenEngine();
    engine.receive(answer("a"));
    engine.advance(11_000);
    engine.tick();

    expect(edges(engine)).toEqual([]);
    expect(engine.graph.pairingHealth().unknownCallers).toBe(1);
  });

  test("idle for ten minutes is forgotten; until then it stays where it is", () => {
    const engine = givenEngine();
    engine.receive(call("a"), answer("a"));
    engine.advance(9 * 60_000);
    engine.tick();
    expect(edge(engine, CART)).toMatchObject({ health: "idle", stats: { count: 0, rate: 0 } });

    engine.advance(2 * 60_000);
    engine.tick();
    expect(engine.graph.graph()).toEqual({ nodes: [], edges: [] });
  });

  test("to a service that is not there is failing, though nobody's span tells so", () => {
    let down = false;
    const engine = givenEngine({ isDown: (service) => down && service === "cart" });
    engine.receive(call("a"), answer("a"));
    expect(edge(engine, CART)?.health).not.toBe("failing");

    down = true;

    expect(edge(engine, CART)?.health).toBe("failing");
    expect(engine.graph.graph().nodes).toMatchObject([
      { name: "cart", health: "failing", down: true },
      { name: "checkout", down: false },
    ]);
  });
});

describe("a rate", () => {
  test("does not ramp up after the start", () => {
    const series = createRollingSeries();
    const startedAt = EPOCH_MS + 2_300;
    const rates = Array.from({ length: 200 }, (_, n) => {
      series.record(startedAt + n * 100, "ok", 1e6);
      return series.stats({ now: startedAt + n * 100, startedAt }).rate;
    });

    for (const rate of rates.slice(20)) expect(Math.abs(rate - 10)).toBeLessThan(1);
    expect(rates.at(-1)).toBeCloseTo(10, 0);
  });

  test("falls to nothing half a minute after the last request", () => {
    const series = createRollingSeries();
    series.record(EPOCH_MS, "ok", 1e6);

    expect(series.stats({ now: EPOCH_MS + 45_000, startedAt: EPOCH_MS }).rate).toBe(0);
  });

  test("has its history in sixty points of ten seconds", () => {
    const series = createRollingSeries();
    for (let second = 0; second < 900; second += 1) {
      series.record(EPOCH_MS + second * 1000, second % 10 === 0 ? "error" : "ok", second * 1e6);
      if (second % 7 === 0) series.sparkline({ now: EPOCH_MS + second * 1000 });
    }

    const { rate, errorShare, p95Ms } = series.sparkline({ now: EPOCH_MS + 905_000 });

    expect(rate).toEqual(Array.from({ length: 60 }, () => 1));
    expect(errorShare).toEqual(Array.from({ length: 60 }, () => 0.1));
    for (const [point, p95] of p95Ms.entries()) {
      expect(Math.abs(Math.log((p95 ?? 0) / (300 + point * 10 + 9)))).toBeLessThan(Math.log(1.1));
    }
  });
});
