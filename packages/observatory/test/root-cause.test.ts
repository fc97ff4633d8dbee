import { describe, expect, test } from "@jest/globals";
import { findRootCause } from "../src/analysis/root-cause.ts";
import { givenTree } from "./support/given.ts";
import { spanId, type SpanSpec } from "./support/otlp-request.ts";

const causeOf = (specs: readonly SpanSpec[]) => findRootCause(givenTree(specs));

const exception = (type: string, message: string) => ({
  name: "exception",
  attributes: {
    "exception.type": type,
    "exception.message": message,
    "exception.stacktrace": `${type}\n at x`,
  },
});

const failedPayment: SpanSpec[] = [
  { spanId: "order", kind: "server", service: "checkout", from: 0, to: 100, error: "", name: "POST /orders" },
  { spanId: "call", parent: "order", kind: "client", service: "checkout", from: 10, to: 90, error: "502" },
  {
    spanId: "charge",
    parent: "call",
    kind: "server",
    service: "purchase",
    from: 15,
    to: 85,
    error: "acquirer down",
  },
  { spanId: "sql", parent: "charge", kind: "client", service: "purchase", from: 20, to: 30 },
];

describe("the root cause", () => {
  test("is the deepest failing span, with its exception and the way to it", () => {
    const [order, call, charge, sql] = failedPayment as [SpanSpec, SpanSpec, SpanSpec, SpanSpec];
    const thrown = { ...charge, events: [exception("AcquirerError", "connection reset")] };

    const cause = causeOf([order, call, thrown, sql]);

    expect(cause).toMatchObject({
      service: "purchase",
      operation: "charge",
      statusMessage: "acquirer down",
      exception: { type: "AcquirerError", message: "connection reset", stacktrace: "AcquirerError\n at x" },
      path: ["order", "call", "charge"].map(spanId),
      explainsRoot: true,
    });
  });

  test("finds the exception on the span around it, when the failing span itself has none", () => {
    const cause = causeOf([
      { spanId: "order", kind: "server", error: "", events: [exception("OutOfStock", "none left")] },
      { spanId: "reserve", parent: "order", error: "rejected" },
    ]);

    expect(cause).toMatchObject({ spanId: spanId("reserve"), exception: { type: "OutOfStock" } });
  });

  test("prefers what made the root fail to what failed and was retried", () => {
    const cause = causeOf([
      { spanId: "order", kind: "server", from: 0, to: 100, error: "" },
      { spanId: "step", parent: "order", from: 0, to: 20 },
      {
        spanId: "retried",
        parent: "step",
        from: 1,
        to: 5,
        error: "timeout",
        events: [exception("Timeout", "1 s")],
      },
      { spanId: "final", parent: "order", from: 50, to: 90, error: "refused" },
    ]);

    expect(cause).toMatchObject({ spanId: spanId("final"), explainsRoot: true });
  });

  test("is what opened a circuit, not the attempt that an open circuit refused", () => {
    const [order, call, charge] = failedPayment as [SpanSpec, SpanSpec, SpanSpec];
    const refused = { ...order, parent: "shop", events: [exception("Unavailable", "purchase is down")] };

    const cause = causeOf([
      { spanId: "shop", kind: "server", service: "frontend", from: 0, to: 300, error: "503" },
      { ...order, parent: "shop" },
      call,
      charge,
      { ...refused, spanId: "again", from: 200, to: 210 },
    ]);

    expect(cause).toMatchObject({ service: "purchase", operation: "charge", explainsRoot: true });
  });

  test("a failure that the root survived is told as such", () => {
    const cause = causeOf([{ spanId: "order" }, { spanId: "advert", parent: "order", error: "no ads" }]);

    expect(cause).toMatchObject({ spanId: spanId("advert"), explainsRoot: false });
  });

  test("names the service that refused, although only the call counts as failed", () => {
    const cause = causeOf([
      { spanId: "order", kind: "server", error: "declined" },
      {
        spanId: "call",
        parent: "order",
        kind: "client",
        error: "402",
        attributes: { "http.response.status_code": 402 },
      },
      {
        spanId: "charge",
        parent: "call",
        kind: "server",
        service: "purchase",
        attributes: {
          "http.response.status_code": 402,
          "http.route": "/charges",
          "http.request.method": "POST",
        },
      },
    ]);

    expect(cause).toMatchObject({
      spanId: spanId("call"),
      answeredBy: { service: "purchase", operation: "POST /charges", refused: true },
      unansweredBy: null,
    });
  });

  test("tells who let the caller wait too long, for it did answer, and did not refuse", () => {
    const cause = causeOf([
      { spanId: "page", kind: "server", from: 0, to: 100, error: "deadline" },
      { spanId: "call", parent: "page", kind: "client", from: 5, to: 95, error: "deadline" },
      { spanId: "search", parent: "call", kind: "server", service: "search", from: 10, to: 300 },
    ]);

    expect(cause).toMatchObject({
      spanId: spanId("call"),
      answeredBy: { spanId: spanId("search"), service: "search", refused: false },
      unansweredBy: null,
    });
  });

  const callTo = (attributes: Record<string, string | number>): SpanSpec[] => [
    { spanId: "page", kind: "server", error: "" },
    { spanId: "call", parent: "page", kind: "client", error: "no answer", attributes },
  ];

  test("names by the call's own address whom nobody was there to answer for", () => {
    expect(causeOf(callTo({ "peer.service": "search" }))).toMatchObject({
      answeredBy: null,
      unansweredBy: "search",
    });
  });

  test("does not say of one who sends no spans, but answered with a status, that they did not answer", () => {
    const cause = causeOf(callTo({ "peer.service": "search", "http.response.status_code": 500 }));

    expect(cause).toMatchObject({ spanId: spanId("call"), unansweredBy: null });
  });

  test("does not say of a database, which sends no spans, whether it answered", () => {
    const cause = causeOf(callTo({ "db.system.name": "postgresql", "db.namespace": "cart" }));

    expect(cause).toMatchObject({ spanId: spanId("call"), unansweredBy: null });
  });

  test("counts a 500 as a failure also where nobody set the status", () => {
    const cause = causeOf([
      { spanId: "a", kind: "server", attributes: { "http.response.status_code": 503 } },
    ]);

    expect(cause).toMatchObject({ spanId: spanId("a") });
  });

  test("nothing failed, no cause", () => {
    expect(causeOf([{ spanId: "a" }, { spanId: "b", parent: "a" }])).toBeNull();
  });

  test("of spans that call each other is found, and the search ends", () => {
    const cause = causeOf([
      { spanId: "hen", parent: "egg", from: 0, to: 10, error: "x" },
      { spanId: "egg", parent: "hen", from: 2, to: 8, error: "y" },
    ]);

    expect(cause).toMatchObject({ spanId: spanId("egg"), path: [spanId("hen"), spanId("egg")] });
  });

  test("of a chain of ten thousand failures is the last", () => {
    const chain = Array.from({ length: 10_000 }, (_, at) => ({
      spanId: `s${at}`,
      parent: `s${at - 1}`,
      error: "x",
    }));

    expect(causeOf(chain)).toMatchObject({ spanId: spanId("s9999") });
  });
});
