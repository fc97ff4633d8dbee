import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

interface AnalysisTemplate {
  readonly kind: string;
  readonly spec: {
    readonly args?: readonly { readonly name: string; readonly value?: string }[];
    readonly metrics: readonly {
      readonly provider: { readonly prometheus?: { readonly query: string } };
    }[];
  };
}

/** What a Rollout would give; for other arguments the template's own value stands. */
const given: Readonly<Record<string, string>> = {
  service: "cart",
  namespace: "mall-prod",
  "canary-hash": "7d9f8c6b5",
  "stable-hash": "5c8b7d4f6",
};

const folder = join(__dirname, "../../../../base/analysis");

/** Every PromQL query by which a canary is judged, with sample values for the arguments. */
export const analysisQueries: readonly string[] = readdirSync(folder)
  .filter((name) => name.endsWith("analysis-template.yaml"))
  .map((name) => parse(readFileSync(join(folder, name), "utf8")) as AnalysisTemplate)
  .flatMap(({ spec: { args = [], metrics } }) => {
    const own = Object.fromEntries(
      args.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    );
    return metrics.flatMap(({ provider }) =>
      provider.prometheus ? [withArguments(provider.prometheus.query, { ...own, ...given })] : [],
    );
  });

function withArguments(query: string, values: Readonly<Record<string, string>>): string {
  return query.replaceAll(/\{\{ ?args\.([\w-]+) ?\}\}/g, (_written, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the analysis argument ${name} has no sample value`);
    return value;
  });
}
