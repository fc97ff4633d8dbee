import { describe, expect, test } from "@jest/globals";
import { noAttributes, textAttribute } from "../src/otlp/attributes.ts";
import { decodeTraces } from "../src/otlp/decode-traces.ts";
import { encodeTraces } from "../src/otlp/encode-traces.ts";
import { addNanos, nanosBetween, readInstant, toUnixNano } from "../src/otlp/instant.ts";
import { exportTraceRequest } from "../src/otlp/messages.ts";
import { createStringPool } from "../src/otlp/string-pool.ts";
import { exportRequest, toProtobuf, wireSpan } from "./support/otlp-request.ts";

const decode = (request: unknown) => decodeTraces(request, createStringPool());

const rich = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: "service.name", value: { stringValue: "cart" } }] },
      scopeSpans: [
        {
          scope: { name: "pg", version: "0.77.0" },
          spans: [
            {
              traceId: "0af7651916cd43dd8448eb211c80319c",
              spanId: "b7ad6b7169203331",
              parentSpanId: "00f067aa0ba902b7",
              name: "SELECT 장바구니",
              kind: 3,
              startTimeUnixNano: "1790000000123456789",
              endTimeUnixNano: "1790000000123456790",
              attributes: [
                { key: "empty", value: { stringValue: "" } },
                { key: "zero", value: { intValue: "0" } },
                { key: "off", value: { boolValue: false } },
                { key: "big", value: { intValue: "-9223372036854775808" } },
                { key: "half", value: { doubleValue: 0.5 } },
                { key: "bytes", value: { bytesValue: "aGk=" } },
                { key: "nothing", value: {} },
                { key: "list", value: { arrayValue: { values: [{ stringValue: "a" }, { intValue: "1" }] } } },
                {
                  key: "map",
                  value: { kvlistValue: { values: [{ key: "__proto__", value: { boolValue: true } }] } },
                },
              ],
              droppedAttributesCount: 2,
              events: [
                {
                  timeUnixNano: "1790000000123456789",
                  name: "exception",
                  attributes: [{ key: "exception.type", value: { stringValue: "Error" } }],
                },
              ],
              droppedEventsCount: 1,
              links: [{ traceId: "1".repeat(32), spanId: "2".repeat(16), attributes: [] }],
              droppedLinksCount: 0,
              status: { code: 2, message: "boom" },
            },
          ],
        },
      ],
    },
  ],
};

/** protobufjs wants bytes as base64 in objects; ids are hex in OTLP JSON. */
const richAsProtobuf = (): unknown => exportTraceRequest.decode(toProtobuf(rich));

describe("OTLP", () => {
  test("in JSON and in protobuf is the same span", () => {
    const fromJson = decode(rich);

    expect(decode(richAsProtobuf())).toEqual(fromJson);
    expect(fromJson.spans[0]).toMatchObject({
      traceId: "0af7651916cd43dd8448eb211c80319c",
      parentSpanId: "00f067aa0ba902b7",
      kind: "client",
      resource: { service: "cart" },
      durationNs: 1,
      status: "error",
      statusMessage: "boom",
      attributes: {
        keys: ["empty", "zero", "off", "big", "half", "bytes", "nothing", "list", "map"],
        values: [
          "",
          0,
          false,
          -9223372036854775808n,
          0.5,
          new Uint8Array([104, 105]),
          null,
          ["a", 1],
          { keys: ["__proto__"], values: [true] },
        ],
      },
      events: [{ name: "exception" }],
      links: [{ traceId: "1".repeat(32), spanId: "2".repeat(16) }],
      droppedAttributes: 2,
      droppedEvents: 1,
    });
  });

  test("written again is what was read", () => {
    const { spans } = decode(rich);

    expect(decode(JSON.parse(JSON.stringify(encodeTraces(spans)))).spans).toEqual(spans);
    expect(encodeTraces(spans)).toMatchObject({
      resourceSpans: [{ scopeSpans: [{ scope: { name: "pg" } }] }],
    });
  });

  test("keeps every nanosecond of a time, in either encoding", () => {
    const text = "1790000000999999999";
    const instant = readInstant(text);
    const nanos = BigInt(text);
    const long = { low: Number(BigInt.asIntN(32, nanos)), high: Number(nanos >> 32n) };

    expect(instant).toEqual({ ms: 1_790_000_000_999, nanos: 999_999 });
    expect(readInstant(long)).toEqual(instant);
    expect(toUnixNano({ ms: 1_790_000_000_999, nanos: 999_999 })).toBe(text);
    expect(addNanos({ ms: 1, nanos: 999_999 }, 1)).toEqual({ ms: 2, nanos: 0 });
    expect(nanosBetween({ ms: 1, nanos: 999_999 }, { ms: 3, nanos: 0 })).toBe(1_000_001);
    expect(readInstant("18446744073709551615")).toEqual(readInstant({ low: -1, high: -1 }));
  });

  test.each([["0"], [0], ["-1"], ["1.5"], ["soon"], [""], [null], [undefined], [1e300], [{}]])(
    "does not take %p for a time",
    (value) => {
      expect(readInstant(value)).toBeNull();
    },
  );

  test.each([
    ["a trace id that is too short", { traceId: "abc" }],
    ["a trace id of zeros", { traceId: "0".repeat(32) }],
    ["a span id that is not hex", { spanId: "z".repeat(16) }],
    ["a parent id that is too long", { parentSpanId: "1".repeat(18) }],
    ["no end", { endTimeUnixNano: "0" }],
    ["an end before its start", { endTimeUnixNano: "1" }],
  ])("refuses a span with %s, and only that", (_what, broken) => {
    const good = wireSpan({ spanId: "good" });
    const spans = [{ ...good, ...broken }, null, 7, good];

    const result = decode({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

    expect(result.rejected).toBe(3);
    expect(result.firstReason).not.toBe("");
    expect(result.spans).toHaveLength(1);
    expect(result.spans[0]?.resource.service).toBe("unknown_service");
  });

  test("upper-case ids are the same ids, and a parent of zeros is none", () => {
    const request = {
      resourceSpans: [
        {
          scopeSpans: [
            {
              spans: [
                {
                  ...wireSpan({ spanId: "x" }),
                  traceId: "ABCDEF".padEnd(32, "0"),
                  parentSpanId: "0000000000000000",
                },
              ],
            },
          ],
        },
      ],
    };

    expect(decode(request).spans[0]).toMatchObject({ traceId: "abcdef".padEnd(32, "0"), parentSpanId: "" });
  });

  test.each([[null], ["text"], [[]], [{ resourceSpans: {} }], [{ resourceSpans: "x" }]])(
    "is not %p",
    (body) => {
      expect(() => decode(body)).toThrow(TypeError);
    },
  );

  test("cuts what is too much and counts it", () => {
    const attributes = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`k${at}`, at]));
    const result = decode(
      exportRequest([
        { spanId: "many", attributes },
        {
          spanId: "long",
          name: "n".repeat(9_000),
          attributes: { text: "x".repeat(1_000_000), ["y".repeat(999)]: 1 },
        },
      ]),
    );
    const [many, long] = result.spans;

    expect(many?.attributes.keys).toHaveLength(64);
    expect(many?.droppedAttributes).toBe(36);
    expect(textAttribute(long?.attributes ?? noAttributes, "text")).toHaveLength(2_048);
    expect(long?.attributes.keys[1]).toHaveLength(256);
    expect(long?.name).toHaveLength(512);
    expect(result).toMatchObject({ droppedAttributes: 36, cutValues: 1, rejected: 0 });
  });

  test("a value that nests without end is cut, in depth and in sum", () => {
    const nest = (depth: number): object =>
      depth === 0
        ? { stringValue: "x".repeat(100) }
        : { arrayValue: { values: Array.from({ length: 40 }, () => nest(depth - 1)) } };
    const deep = Array.from({ length: 5_000 }).reduce<object>(
      (value) => ({ arrayValue: { values: [value] } }),
      {},
    );
    const span = {
      ...wireSpan({ spanId: "x" }),
      attributes: ["wide", "deep"].map((key) => ({ key, value: key === "wide" ? nest(3) : deep })),
    };

    const [read] = decode({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }).spans;

    expect(JSON.stringify(read?.attributes.values[0]).length).toBeLessThan(10_000);
    expect(read?.attributes.values[1]).toEqual([[[[]]]]);
  });
});
