import { request as httpRequest } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Overview, Services, TraceDetail, TraceList } from "../src/api-types.ts";
import { givenObservatory, type GivenObservatory } from "./support/given-observatory.ts";
import { exportRequest, traceId, wireSpan } from "./support/otlp-request.ts";

const SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>";

let observatory: GivenObservatory;
beforeEach(async () => {
  observatory = await givenObservatory();
});
afterEach(async () => {
  expect(observatory.errors).toEqual([]);
  await observatory.stop();
});

/** Headers that no well-behaved client lets one set. */
const statusWith = (headers: Record<string, string>, path = "/api/overview"): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    httpRequest({ port: observatory.port, host: "127.0.0.1", path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });

describe("a hostile sender", () => {
  test("gets its scripts back as plain JSON under a policy that runs none", async () => {
    await observatory
      .send({
        spanId: "a",
        name: SCRIPT,
        service: SCRIPT,
        kind: "server",
        error: SCRIPT,
        attributes: { [SCRIPT]: SCRIPT, "http.route": SCRIPT },
        events: [{ name: SCRIPT, attributes: { [SCRIPT]: SCRIPT } }],
      })
      .expect(200);

    const response = await observatory.http.get(`/api/traces/${traceId("trace")}`).expect(200);
    const detail = response.body as TraceDetail;

    expect(response.headers).toMatchObject({
      "content-type": "application/json; charset=utf-8",
      "x-content-type-options": "nosniff",
      "content-security-policy": expect.stringContaining("default-src 'none'"),
    });
    expect(response.headers).not.toHaveProperty("access-control-allow-origin");
    expect(detail.spans[0]).toMatchObject({ name: SCRIPT, service: SCRIPT, statusMessage: SCRIPT });
    expect(detail.spans[0]?.attributes[0]).toEqual([SCRIPT, SCRIPT]);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "cannot do anything with the name %s",
    async (name) => {
      await observatory.send(
        {
          spanId: "a",
          name,
          service: name,
          kind: "server",
          attributes: { [name]: "x", "http.route": name, "http.request.method": name },
          events: [{ name, attributes: { [name]: name } }],
        },
        {
          spanId: "b",
          kind: "client",
          service: name,
          attributes: { "peer.service": name, "db.system": name },
        },
      );

      const services = await observatory.get<Services>("/api/services");
      const found = await observatory.get<TraceList>(`/api/traces?service=${name}&attr=${name}=x`);

      expect(services.services.map(({ service }) => service)).toEqual([name]);
      expect(found.matched).toBe(1);
      expect(Object.prototype).not.toHaveProperty("x");
      await observatory.http.get(`/api/differences?service=${name}`).expect(200);
      await observatory.http.get(`/api/heatmap?service=${name}&route=${name}`).expect(200);
    },
  );

  test("with ten thousand attributes and a megabyte in one is cut down, counted, and kept", async () => {
    const attributes = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, "v"]));
    await observatory.send(
      { spanId: "a", attributes },
      { spanId: "b", attributes: { huge: "x".repeat(1_000_000) } },
    );

    const { spans } = await observatory.get<TraceDetail>(`/api/traces/${traceId("trace")}`);
    const { telemetry } = await observatory.get<Overview>("/api/overview");

    expect(spans.map((span) => span.attributes.length)).toEqual([64, 1]);
    expect(spans[0]?.droppedAttributes).toBe(9_936);
    expect(spans[1]?.attributes[0]?.[1]).toHaveLength(2_048);
    expect(telemetry).toMatchObject({ accepted: 2, droppedAttributes: 9_936, cutValues: 1 });
  });

  test("whose spans are each other's parents gets them drawn, each once", async () => {
    await observatory.send(
      { spanId: "hen", parent: "egg", error: "x" },
      { spanId: "egg", parent: "hen", error: "y" },
      { spanId: "self", parent: "self" },
    );

    const detail = await observatory.get<TraceDetail>(`/api/traces/${traceId("trace")}`);

    expect(detail.spans).toHaveLength(3);
    expect(detail.spans.filter(({ marks }) => marks.includes("cycle"))).toHaveLength(2);
    expect(detail.criticalPath?.segments).not.toHaveLength(0);
  });

  test("that invents a new service, route and peer with every span fills no memory", async () => {
    for (let batch = 0; batch < 5; batch += 1) {
      const specs = Array.from({ length: 200 }, (_, at) => ({
        traceId: `t${batch}-${at}`,
        spanId: `s${batch}-${at}`,
        service: `service-${batch}-${at}`,
        name: `route-${batch}-${at}`,
        kind: "server" as const,
      }));
      await observatory.send(...specs);
    }

    const { services, operations } = await observatory.get<Services>("/api/services");
    const { graph } = observatory.snapshot();

    expect(services.length).toBeLessThanOrEqual(65);
    expect(operations.length).toBeLessThanOrEqual(401);
    expect(graph.nodes.length).toBeLessThanOrEqual(200);
    expect(services.reduce((sum, { stats }) => sum + stats.count, 0)).toBe(1_000);
  });

  test("whose spans lie in the year 2554, or at the dawn of time, breaks no answer", async () => {
    const far = { startTimeUnixNano: "18446744073709551614", endTimeUnixNano: "18446744073709551615" };
    const early = { startTimeUnixNano: "1", endTimeUnixNano: "18446744073709551615" };
    const spans = [
      { ...wireSpan({ spanId: "a", kind: "server" }), ...far },
      { ...wireSpan({ spanId: "b", kind: "server" }), ...early },
    ];
    await observatory.http
      .post("/v1/traces")
      .send({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
      .expect(200);

    await observatory.http.get(`/api/traces/${traceId("trace")}`).expect(200);
    await observatory.http.get("/api/heatmap").expect(200);
    expect((await observatory.get<Services>("/api/services")).services[0]?.stats.count).toBe(2);
  });
});

describe("a foreign page", () => {
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "evil.example:4318",
    "[::2]",
    "localhost.evil.example",
  ])("that rebinds its name %p is refused", async (host) => {
    expect(await statusWith({ host })).toBe(403);
  });

  test.each(["127.0.0.1", "localhost:9999", "[::1]:4318", "LOCALHOST"])(
    "while %s is let in",
    async (host) => {
      expect(await statusWith({ host })).toBe(200);
    },
  );

  test.each(["https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1"])(
    "with the origin %s can neither read, send, import nor switch faults",
    async (origin) => {
      const { http } = observatory;
      await http.get("/api/traces").set({ origin }).expect(403);
      await http
        .post("/v1/traces")
        .set({ origin })
        .send(exportRequest([{ spanId: "a" }]))
        .expect(403);
      await http
        .post("/api/traces")
        .set({ origin })
        .send(exportRequest([{ spanId: "a" }]))
        .expect(403);
      await http.put("/api/faults").set({ origin }).send({ flag: "x", variant: "y" }).expect(403);
      expect((await observatory.get<Overview>("/api/overview")).telemetry).toMatchObject({
        accepted: 0,
        requests: { refused: 1 },
      });
    },
  );

  test("is refused under an allowed name, too, while that name's own pages pass, with TLS before them or not", async () => {
    await observatory.stop();
    observatory = await givenObservatory({ allowedHosts: ["observatory.mall"] });
    const from = (origin: string): Promise<number | undefined> =>
      statusWith({ host: "observatory.mall:4318", origin });

    expect(await from("http://observatory.mall:4318")).toBe(200);
    expect(await from("https://observatory.mall:4318")).toBe(200);
    expect(await from("https://evil.example")).toBe(403);
    expect(await from("http://observatory.mall.evil.example")).toBe(403);
    expect(await statusWith({ host: "localhost", origin: "https://localhost" })).toBe(403);
    expect(await statusWith({ host: "other.mall" })).toBe(403);
  });

  test("our own page passes", async () => {
    await observatory.http.get("/api/traces").set({ origin: observatory.url }).expect(200);
  });

  test.each(["/api/nothing", "/", "/api/traces/%ff", "/../package.json", "/api/traces/x/y/z"])(
    "and %s is a problem document with every guard on it",
    async (path) => {
      const response = await observatory.http.get(path);

      expect([400, 404]).toContain(response.status);
      expect(response.headers).toMatchObject({
        "content-type": "application/problem+json",
        "x-content-type-options": "nosniff",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
      });
    },
  );
});
