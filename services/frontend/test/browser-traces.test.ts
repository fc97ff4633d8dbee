import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  eventually,
  type OtlpReceiver,
  type ServiceUnderTest,
  startForTest,
  startOtlpReceiver,
} from "@mall/kit/testing";
import request from "supertest";
import { frontend } from "../src/app.ts";
import { believeHeaders } from "../src/browser-traces/believed-headers.ts";
import { address } from "./shopper.ts";

// Nothing listens at the discard port: no page of these tests needs another service.
const nowhere = "http://127.0.0.1:9";
const others = ["PRODUCT", "SEARCH", "AD", "CART", "CHECKOUT", "CURRENCY", "PURCHASE", "SHIPPING", "INFO"];
const urls = Object.fromEntries(others.map((name) => [`${name}_URL`, nowhere]));

let collector: OtlpReceiver;
let shop: ServiceUnderTest;

beforeAll(async () => {
  collector = await startOtlpReceiver();
  shop = await startForTest(frontend, {
    ...urls,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    SERVICE_VERSION: "1.2.3",
  });
});
afterAll(async () => {
  await shop.stop();
  await collector.stop();
});

const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const nanoseconds = (ms = Date.now()) => `${ms}000000`;
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

const givenSpan = (changes: object = {}) => ({
  traceId: hex(16),
  spanId: hex(8),
  name: "submit place-order",
  kind: 1,
  startTimeUnixNano: nanoseconds(),
  endTimeUnixNano: nanoseconds(),
  attributes: [text("url.path", "/checkout")],
  ...changes,
});
const message = (spans: object[], service = "storefront-web") => ({
  resourceSpans: [{ resource: { attributes: [text("service.name", service)] }, scopeSpans: [{ spans }] }],
});
const post = (body: string | object, { to = shop, session = "", ...headers }: Posting = {}) =>
  request(to.url)
    .post("/otlp/v1/traces")
    .set({
      "content-type": "application/json",
      "sec-fetch-site": "same-origin",
      ...(session && { cookie: `mall_session=${session}` }),
      ...headers,
    })
    .send(body);
interface Posting {
  to?: ServiceUnderTest;
  session?: string;
  [header: string]: string | ServiceUnderTest | undefined;
}
/** The cookie of somebody who has something kept, which takes no other service. */
async function newSession(): Promise<string> {
  const kept = await request(shop.url)
    .post("/profile")
    .set({ accept: "text/html", origin: shop.url })
    .type("form")
    .send({ ...address, language: "en", currency: "USD" });
  return /mall_session=([^;]+)/.exec(kept.headers["set-cookie"] ?? "")?.[1] ?? "";
}

describe("spans that a page of the shop posts", () => {
  test("reach the collector as the shop's pages' own, with nothing in them but what is allowed", async () => {
    const attributes = [
      text("url.path", "/checkout"),
      text("http.request.method", "POST"),
      text("mall.order.id", "somebody's"),
      text("user.name", "Mina Park"),
      text("__proto__", "x"),
      text("error.type", "<script>alert(1)</script>"),
      { key: "http.response.status_code", value: { intValue: 303 } },
    ];
    const span = givenSpan({ attributes });
    const query = givenSpan({ attributes: [text("url.path", "/search?q=secret")] });

    const answer = await post(message([span, query]));

    expect(answer.status).toBe(202);
    const [first, second] = await eventually(() => {
      expect(collector.spans).toHaveLength(2);
      return collector.spans;
    });
    expect(first).toMatchObject({
      traceId: span.traceId,
      spanId: span.spanId,
      attributes: {
        "url.path": "/checkout",
        "http.request.method": "POST",
        "http.response.status_code": 303,
      },
      resource: { "service.name": "storefront-web", "service.version": "1.2.3" },
    });
    expect(Object.keys(first?.attributes ?? {})).toHaveLength(3);
    expect(second?.attributes).toEqual({});
    expect(collector.text()).not.toMatch(/secret|Mina|script|somebody/);
  });

  test.each<[string, number, string | object, Posting]>([
    ["of another service", 422, message([givenSpan()], "checkout"), {}],
    ["of no service", 422, { resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [] }] }, {}],
    ["from another site", 403, message([givenSpan()]), { "sec-fetch-site": "cross-site" }],
    ["that are not JSON", 415, "spans", { "content-type": "text/plain" }],
    ["that are Protocol Buffers", 415, "spans", { "content-type": "application/x-protobuf" }],
    ["that cannot be read", 400, "{", {}],
    ["of more than 64 kB", 413, JSON.stringify(message([givenSpan()])).padEnd(65 * 1024), {}],
    ["with the zero id", 422, message([givenSpan({ spanId: "0".repeat(16) })]), {}],
    ["that say they serve", 422, message([givenSpan({ kind: 2 })]), {}],
    ["with markup for a name", 422, message([givenSpan({ name: "<img src=x>" })]), {}],
    ["of another year", 422, message([givenSpan({ startTimeUnixNano: "1".repeat(19) })]), {}],
    ["that end before they begin", 422, message([givenSpan({ endTimeUnixNano: nanoseconds(1) })]), {}],
    ["with events", 422, message([givenSpan({ events: [{ name: "typed" }] })]), {}],
    ["with links", 422, message([givenSpan({ links: [] })]), {}],
    ["by the hundred", 422, message(Array.from({ length: 65 }, () => givenSpan())), {}],
  ])("%s are refused with %i", async (_which, status, body, posting) => {
    const sent = collector.spans.length;

    expect((await post(body, posting)).status).toBe(status);

    expect(collector.spans).toHaveLength(sent);
  });

  test("too often are refused for that session and no other", async () => {
    const session = await newSession();
    const statuses = await Promise.all(
      Array.from({ length: 80 }, async () => (await post(message([]), { session })).status),
    );

    expect(statuses.filter((status) => status === 202).length).toBeGreaterThanOrEqual(40);
    expect(statuses).toContain(429);
    expect((await post(message([]), { session: await newSession() })).status).toBe(202);
  });

  test("are taken at once while the collector is away, hangs, or there is none", async () => {
    const hanging = createServer(() => undefined);
    await new Promise<void>((resolve) => hanging.listen(0, "127.0.0.1", resolve));
    const { port } = hanging.address() as AddressInfo;
    for (const endpoint of [nowhere, `http://127.0.0.1:${port}`, ""]) {
      const to = await startForTest(frontend, { ...urls, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
      const start = performance.now();
      // One after the other: if each waited for the collector, they would take twenty seconds.
      for (let posts = 0; posts < 10; posts++)
        expect((await post(message([givenSpan()]), { to })).status).toBe(202);
      expect(performance.now() - start).toBeLessThan(10_000);
      await to.stop();
    }
    hanging.closeAllConnections();
    hanging.close();
  });
});

describe("the click that a navigation came from", () => {
  const click = `00-${hex(16)}-${hex(8)}-01`;
  const header = `00-${hex(16)}-${hex(8)}-01`;
  const navigation = { "sec-fetch-site": "same-origin", "sec-fetch-dest": "document" };
  const cookie = `mall_language=ko; mall_trace=${click}`;

  test("is its parent, before what a gateway says", () => {
    expect(believeHeaders({ ...navigation, cookie, traceparent: header, tracestate: "a=b" })).toEqual({
      traceparent: click,
    });
  });

  test.each([
    ["of another site's link", { ...navigation, "sec-fetch-site": "cross-site", cookie }],
    ["of an address that was typed", { ...navigation, "sec-fetch-site": "none", cookie }],
    ["of a picture", { ...navigation, "sec-fetch-dest": "image", cookie }],
    ["of a program", { cookie }],
    ["with a malformed cookie", { ...navigation, cookie: `mall_trace=${click}x` }],
    ["with ids of zeros", { ...navigation, cookie: `mall_trace=00-${"0".repeat(32)}-${hex(8)}-01` }],
    ["with none", { ...navigation }],
  ])("is not believed %s", (_which, headers) => {
    expect(believeHeaders({ ...headers, traceparent: header }).traceparent).toBe(header);
  });

  test("is forgotten with the page that answers, not with a redirection on the way, and never told again", async () => {
    const asking = (path: string) =>
      request(shop.url)
        .get(path)
        .set({ ...navigation, cookie, accept: "text/html" });

    const redirection = await asking("/checkout");
    const page = await asking("/profile");
    const error = await asking("/nothing-here");

    expect(redirection.status).toBe(303);
    expect(redirection.headers["set-cookie"]).toBeUndefined();
    for (const answer of [page, error]) {
      expect(answer.headers["set-cookie"]).toEqual([
        expect.stringMatching(/^mall_trace=; Max-Age=0; Path=\/$/),
      ]);
      expect(answer.text + JSON.stringify(answer.headers)).not.toContain(click.slice(3, 35));
    }
    expect((await request(shop.url).get("/profile")).headers["set-cookie"]).toBeUndefined();
  });
});
