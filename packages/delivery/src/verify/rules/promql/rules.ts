import { parseQuery } from "@mall/observatory/promql";
import type { Finding, Rule } from "../../rule.ts";
import type { Tree } from "../../tree/tree.ts";
import { exportedBySidecars, meshFile } from "./envoy-counters.ts";
import { expressionsOf, type PlacedExpression, recordedBy } from "./expressions.ts";
import { exportedByPlatform, exportedByServices, metricOf } from "./metric-names.ts";

type Expression = ReturnType<typeof parseQuery>;

export const promqlRules: readonly Rule[] = [
  {
    name: "promql/parses",
    because: "An expression that does not parse is an alert that never fires and a canary that never passes.",
    check: (tree) =>
      expressionsOf(tree).flatMap((placed) => {
        const { error } = parsed(placed);
        return error
          ? [
              finding(placed, {
                problem: `${placed.what} is no PromQL that the observatory evaluates too: ${error}`,
                mend: "Correct it; both Prometheus and packages/observatory must read it.",
              }),
            ]
          : [];
      }),
  },
  {
    name: "promql/metric",
    because: "An expression about a metric that nobody exports is empty for ever, and nobody notices.",
    check: metricFindings,
  },
  {
    name: "promql/sidecar-counter",
    because:
      "A sidecar exports only the counters that it is told to: a canary judged by another one is judged by nothing.",
    check: sidecarFindings,
  },
];

function metricFindings(tree: Tree): Finding[] {
  const known = new Set<string>([
    ...exportedByServices,
    ...Object.values(exportedByPlatform).flat(),
    ...recordedBy(tree),
  ]);
  return expressionsOf(tree).flatMap((placed) => {
    const { expression } = parsed(placed);
    const unknown = expression
      ? metricsIn(expression).filter((name) => !known.has(name) && !known.has(metricOf(name)))
      : [];
    return [...new Set(unknown)].map((name) =>
      finding(placed, {
        problem: `${placed.what} asks for ${name}, which no service and no known exporter exports and no rule records`,
        mend: "Correct the name, or add it with its exporter to rules/promql/metric-names.ts of packages/delivery.",
      }),
    );
  });
}

function sidecarFindings(tree: Tree): Finding[] {
  const isExported = exportedBySidecars(tree.files.get(meshFile) ?? "");
  return expressionsOf(tree).flatMap((placed) => {
    const { expression } = parsed(placed);
    const missing = expression ? metricsIn(expression).filter((name) => !isExported(metricOf(name))) : [];
    return [...new Set(missing)].map((name) =>
      finding(placed, {
        problem: `${placed.what} asks for ${name}, which no sidecar exports`,
        mend: `Add it to meshConfig.defaultConfig.proxyStatsMatcher in ${meshFile}.`,
      }),
    );
  });
}

function parsed({ text }: PlacedExpression): { expression?: Expression; error?: string } {
  try {
    return { expression: parseQuery(text) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** The names of all metrics in an expression: a tree of plain objects with selectors as leaves. */
function metricsIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(metricsIn);
  if (typeof node !== "object" || node === null) return [];
  if ("matchers" in node && Array.isArray(node.matchers))
    return (node.matchers as { name: string; value: string }[])
      .filter(({ name }) => name === "__name__")
      .map(({ value }) => value);
  return Object.values(node).flatMap(metricsIn);
}

const finding = ({ object, file }: PlacedExpression, words: Pick<Finding, "problem" | "mend">): Finding => ({
  ...(object && { object }),
  ...(file && { file }),
  ...words,
});
