/** How long the critical path of a trace of ten thousand spans takes: node packages/observatory/bench/critical-path.ts */
import { commonClock } from "../src/analysis/clock-skew.ts";
import { reportCriticalPath } from "../src/analysis/critical-path-report.ts";
import { findRootCause } from "../src/analysis/root-cause.ts";
import { buildTraceTree } from "../src/analysis/trace-tree.ts";
import { givenSpans } from "../test/support/given.ts";

const SPANS = 10_000;
const shapes = {
  wide: (at: number) => ({ parent: "root", from: at + 1, to: at + 2 }),
  deep: (at: number) => ({ parent: at === 0 ? "root" : `s${at - 1}`, from: at + 1, to: 2 * SPANS - 1 - at }),
};

for (const [shape, place] of Object.entries(shapes)) {
  const calls = Array.from({ length: SPANS - 1 }, (_, at) => ({
    spanId: `s${at}`,
    error: "x",
    ...place(at),
  }));
  const spans = givenSpans([{ spanId: "root", from: 0, to: 2 * SPANS }, ...calls]);

  const started = performance.now();
  const tree = buildTraceTree(spans);
  if (tree === null) throw new Error("a trace needs a span");
  const { segments } = reportCriticalPath(tree, commonClock(tree), { truncated: false });
  const pathMs = performance.now() - started;
  findRootCause(tree);
  const causeMs = performance.now() - started - pathMs;

  process.stdout.write(
    `${shape}: ${spans.length} spans, ${segments.length} segments, path ${pathMs.toFixed(0)} ms, root cause ${causeMs.toFixed(0)} ms\n`,
  );
}
