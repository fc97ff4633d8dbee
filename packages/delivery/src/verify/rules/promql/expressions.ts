import { parse as parseYaml } from "yaml";
import { ofKind } from "../../tree/kinds.ts";
import { isObject, type Rendered } from "../../tree/manifest.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";

/** A PromQL expression somewhere in what is delivered. */
export interface PlacedExpression {
  readonly text: string;
  readonly object?: Rendered;
  readonly file?: string;
  /** Which of many: the metric of an analysis, the panel of a dashboard, the name of a rule. */
  readonly what: string;
}

/** Every expression: of analyses, of rules, of dashboards. What is filled in at run time is filled in with samples. */
export function expressionsOf(tree: Tree): PlacedExpression[] {
  return [
    ...ofAnalyses(tree),
    ...ofRuleObjects(tree),
    ...ofRuleFiles(tree),
    ...ofDashboards(tree),
    ...ofKiali(tree),
  ];
}

function ofAnalyses(tree: Tree): PlacedExpression[] {
  return ofKind(ownObjects(tree), "AnalysisTemplate").flatMap((object) => {
    const defaults = new Map((object.manifest.spec?.args ?? []).map(({ name, value }) => [name, value]));
    return (object.manifest.spec?.metrics ?? []).flatMap(({ name, provider: { prometheus } }) =>
      prometheus?.query
        ? [
            {
              object,
              what: `metric ${name}`,
              text: prometheus.query.replaceAll(
                /\{\{\s*args\.([\w-]+)\s*\}\}/g,
                (_, argument: string) => defaults.get(argument) ?? argument,
              ),
            },
          ]
        : [],
    );
  });
}

function ofRuleObjects(tree: Tree): PlacedExpression[] {
  return ofKind(ownObjects(tree), "PrometheusRule").flatMap((object) =>
    (object.manifest.spec?.groups ?? []).flatMap(({ rules = [] }) =>
      rules.map(({ alert, record, expr }) => ({ object, what: alert ?? record ?? "", text: String(expr) })),
    ),
  );
}

interface RuleFile {
  readonly groups: readonly {
    readonly rules: readonly { alert?: string; record?: string; expr: string }[];
  }[];
}

function ofRuleFiles(tree: Tree): PlacedExpression[] {
  return ruleFilesOf(tree).flatMap(({ file, content }) =>
    content.groups.flatMap(({ rules }) =>
      rules.map(({ alert, record, expr }) => ({ file, what: alert ?? record ?? "", text: expr })),
    ),
  );
}

/** Names under which rules record series. */
export const recordedBy = (tree: Tree): string[] =>
  [
    ...ruleFilesOf(tree).flatMap(({ content }) => content.groups),
    ...ofKind(ownObjects(tree), "PrometheusRule").flatMap(({ manifest }) => manifest.spec?.groups ?? []),
  ].flatMap(({ rules = [] }) => rules.flatMap(({ record }) => record ?? []));

function ruleFilesOf({ files }: Tree): { file: string; content: RuleFile }[] {
  return [...files]
    .filter(([file]) => /^base\/alerts\/rules\/.+\.ya?ml$/.test(file))
    .map(([file, text]) => ({ file, content: parseYaml(text) as RuleFile }));
}

/** Kiali's custom dashboards: it asks for metrics by their names. */
function ofKiali({ files }: Tree): PlacedExpression[] {
  const file = "apps/platform/kiali/values.yaml";
  const names = [...(files.get(file) ?? "").matchAll(/^\s*(?:metricName|discoverOn): (\w+)$/gm)];
  return names.map(([, text = ""]) => ({ file, what: "a chart", text }));
}

function ofDashboards({ files }: Tree): PlacedExpression[] {
  return [...files]
    .filter(([file]) => /^base\/dashboards\/.+\.json$/.test(file))
    .flatMap(([file, text]) => inPanel(JSON.parse(text)).map((expression) => ({ file, ...expression })));
}

/** Grafana fills its variables in before it asks: intervals as long as any it chooses, others as plain words. */
const filledIn = (text: string): string =>
  text
    .replaceAll(/\$\{?(__rate_interval|__interval|__range)\}?/g, "5m")
    .replaceAll(
      /\$(?:\{(\w+)(?::\w+)?\}|(\w+))/g,
      (_, braced: string | undefined, plain: string) => braced ?? plain,
    );

function inPanel(node: unknown, title = ""): Pick<PlacedExpression, "what" | "text">[] {
  if (Array.isArray(node)) return node.flatMap((each) => inPanel(each, title));
  if (!isObject(node)) return [];
  const here = typeof node["title"] === "string" ? node["title"] : title;
  const { expr, ...others } = node;
  const own = typeof expr === "string" ? [{ what: `panel "${here}"`, text: filledIn(expr) }] : [];
  return [...own, ...Object.values(others).flatMap((child) => inPanel(child, here))];
}
