import { describe, expect, test } from "@jest/globals";
import { commonClock } from "../src/analysis/clock-skew.ts";
import { criticalSegments } from "../src/analysis/critical-path.ts";
import { reportCriticalPath } from "../src/analysis/critical-path-report.ts";
import { givenTree } from "./support/given.ts";
import type { SpanSpec } from "./support/otlp-request.ts";
import { seededRandom } from "./support/random.ts";

/** `name from-to` of each segment, in milliseconds. */
function pathOf(specs: readonly SpanSpec[]): string[] {
  const tree = givenTree(specs);
  return criticalSegments(tree, commonClock(tree)).map(
    ({ node, startNs, endNs }) => `${node.span.name} ${startNs / 1e6}-${endNs / 1e6}`,
  );
}

const reportOf = (specs: readonly SpanSpec[]) => {
  const tree = givenTree(specs);
  return reportCriticalPath(tree, commonClock(tree), { truncated: false });
};

describe("the critical path", () => {
  test("runs through sequential calls and the parent's own time between them", () => {
    const path = pathOf([
      { spanId: "root", from: 0, to: 100 },
      { spanId: "one", parent: "root", from: 10, to: 40 },
      { spanId: "two", parent: "root", from: 50, to: 90 },
    ]);

    expect(path).toEqual(["root 0-10", "one 10-40", "root 40-50", "two 50-90", "root 90-100"]);
  });

  test("of parallel calls takes the one that was waited for", () => {
    const path = pathOf([
      { spanId: "root", from: 0, to: 100 },
      { spanId: "short", parent: "root", from: 10, to: 40 },
      { spanId: "long", parent: "root", from: 10, to: 90 },
    ]);

    expect(path).toEqual(["root 0-10", "long 10-90", "root 90-100"]);
  });

  test("leaves out a call that still ran when the next one, on the path, had begun", () => {
    const path = pathOf([
      { spanId: "root", from: 0, to: 100 },
      { spanId: "beside", parent: "root", from: 10, to: 70 },
      { spanId: "last", parent: "root", from: 40, to: 90 },
    ]);

    expect(path).toEqual(["root 0-40", "last 40-90", "root 90-100"]);
  });

  test("forgives a span that ends a little after the next call began", () => {
    const path = pathOf([
      { spanId: "root", from: 0, to: 100 },
      { spanId: "one", parent: "root", from: 10, to: 50.5 },
      { spanId: "two", parent: "root", from: 50, to: 90 },
    ]);

    expect(path).toEqual(["root 0-10", "one 10-50", "two 50-90", "root 90-100"]);
  });

  test("is not stretched by a consumer, nor by work that outlives the span that began it", () => {
    const path = pathOf([
      { spanId: "root", from: 0, to: 50 },
      { spanId: "call", parent: "root", from: 5, to: 20 },
      { spanId: "publish", parent: "root", from: 20, to: 25, kind: "producer" },
      { spanId: "mail", parent: "publish", from: 22, to: 500, kind: "consumer", service: "email" },
      { spanId: "write-behind", parent: "root", from: 30, to: 300 },
    ]);

    expect(path).toEqual(["root 0-5", "call 5-20", "publish 20-25", "root 25-50"]);
  });

  test("follows a callee until its caller gave up", () => {
    const path = pathOf([
      { spanId: "root", from: 0, to: 60 },
      { spanId: "call", parent: "root", from: 10, to: 50, kind: "client", error: "timeout" },
      { spanId: "serve", parent: "call", from: 12, to: 400, kind: "server", service: "shipping" },
    ]);

    expect(path).toEqual(["root 0-10", "call 10-12", "serve 12-50", "root 50-60"]);
  });

  test("puts a callee whose clock is two seconds ahead into the middle of its call, and says so", () => {
    const specs: SpanSpec[] = [
      { spanId: "call", from: 0, to: 100, kind: "client" },
      { spanId: "serve", parent: "call", from: 2_010, to: 2_090, kind: "server", service: "cart" },
      { spanId: "query", parent: "serve", from: 2_020, to: 2_060, service: "cart" },
    ];

    expect(pathOf(specs)).toEqual([
      "call 0-10",
      "serve 2010-2020",
      "query 2020-2060",
      "serve 2060-2090",
      "call 90-100",
    ]);
    expect(reportOf(specs).assumptions).toEqual(["clock-skew"]);
    expect(reportOf(specs).services).toEqual([
      { service: "cart", timeNs: 80e6, share: 0.8 },
      { service: "checkout", timeNs: 20e6, share: 0.2 },
    ]);
  });

  test.each([
    ["begins a whole millisecond early, as SDKs round", 9, 40, []],
    ["begins earlier than that", 8.9, 40, ["clock-skew"]],
    ["ends late, as a busy server does", 11, 100, []],
    ["ends later than any server should", 11, 100.1, ["clock-skew"]],
  ])("of one machine's clocks nothing is said when a callee %s", (_what, from, to, assumptions) => {
    const report = reportOf([
      { spanId: "root", from: 0, to: 200 },
      { spanId: "call", parent: "root", from: 10, to: 50, kind: "client" },
      { spanId: "serve", parent: "call", from, to, kind: "server", service: "cart" },
    ]);

    expect(report.assumptions).toEqual(assumptions);
    expect(report.durationNs).toBe(200e6);
  });

  test("a clock that runs late makes the callee precede its caller, which is no reason to lose it", () => {
    const path = pathOf([
      { spanId: "call", from: 1_000, to: 1_100, kind: "client" },
      { spanId: "serve", parent: "call", from: 0, to: 60, kind: "server", service: "cart" },
    ]);

    expect(path).toEqual(["call 1000-1020", "serve 0-60", "call 1080-1100"]);
  });

  test("of two spans that call each other their parent begins at the earlier one", () => {
    const specs: SpanSpec[] = [
      { spanId: "hen", parent: "egg", from: 0, to: 10 },
      { spanId: "egg", parent: "hen", from: 2, to: 8 },
    ];

    expect(pathOf(specs)).toEqual(["hen 0-2", "egg 2-8", "hen 8-10"]);
    expect(reportOf(specs).assumptions).toContain("cycle");
  });

  test("a span that is its own parent is a root", () => {
    expect(pathOf([{ spanId: "self", parent: "self", from: 0, to: 10 }])).toEqual(["self 0-10"]);
  });

  test("without a root it is that of the longest fragment, and says so", () => {
    const specs: SpanSpec[] = [
      { spanId: "small", parent: "lost", from: 0, to: 10 },
      { spanId: "large", parent: "lost", from: 10, to: 60 },
      { spanId: "call", parent: "large", from: 20, to: 30 },
    ];

    expect(pathOf(specs)).toEqual(["large 10-20", "call 20-30", "large 30-60"]);
    expect(reportOf(specs).assumptions).toEqual(["no-root", "missing-spans"]);
  });

  test("a click takes no time itself: the path is that of what it began", () => {
    const path = pathOf([
      { spanId: "click", from: 0, to: 0, service: "storefront-web" },
      { spanId: "fetch", parent: "click", from: 1, to: 80, kind: "client", service: "storefront-web" },
    ]);

    expect(path).toEqual(["click 0-1", "fetch 1-80"]);
  });

  test("adds up to the root's duration, for any tree", () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const report = reportOf(randomTree(200, seededRandom(seed)));

      const sum = report.segments.reduce((total, { startNs, endNs }) => total + endNs - startNs, 0);
      expect(sum).toBe(1e9);
      expect(report.services.reduce((total, { timeNs }) => total + timeNs, 0)).toBe(1e9);
    }
  });

  test.each([
    ["wide", (at: number) => ({ parent: "root", from: at + 1, to: at + 2 })],
    ["deep", (at: number) => ({ parent: at === 0 ? "root" : `s${at - 1}`, from: at + 1, to: 19_999 - at })],
  ])("of ten thousand spans, %s, leaves none of them out", (_shape, place) => {
    const specs = Array.from({ length: 9_999 }, (_, at) => ({ spanId: `s${at}`, ...place(at) }));

    const report = reportOf([{ spanId: "root", from: 0, to: 20_000 }, ...specs]);

    expect(new Set(report.segments.map((segment) => segment.spanId)).size).toBe(10_000);
    expect(report.durationNs).toBe(20_000 * 1e6);
  });
});

function randomTree(size: number, random: () => number): SpanSpec[] {
  const specs: SpanSpec[] = [{ spanId: "s0", from: 0, to: 1_000 }];
  for (let at = 1; at < size; at += 1) {
    const from = Math.floor(random() * 1_200) - 100;
    const parent = `s${Math.floor(random() * at)}`;
    const service = random() < 0.5 ? "checkout" : "cart";
    specs.push({ spanId: `s${at}`, parent, from, to: from + Math.floor(random() * 500), service });
  }
  return specs;
}
