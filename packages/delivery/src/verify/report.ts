import pc from "picocolors";

/** Something that breaks a rule, in words for a person. */
export interface Violation {
  readonly rule: string;
  /** The file to open. Relative to the repository. */
  readonly file: string;
  /** `Rollout/cart`, when one object is to blame. */
  readonly object?: string;
  /** The folders whose kustomization renders it so, when it is not the file's own. */
  readonly renderedBy: readonly string[];
  readonly problem: string;
  readonly mend: string;
}

export interface Report {
  readonly objects: number;
  readonly rules: number;
  readonly violations: readonly Violation[];
  /** What was not looked at, and why: sentences. */
  readonly leftOut: readonly string[];
}

/** As lines of a terminal; the last one is the sum. A mistake that many objects share is told once. */
export function asText({ objects, rules, violations, leftOut }: Report): string {
  const alike = Map.groupBy(violations, ({ file, rule, problem }) => JSON.stringify([file, rule, problem]));
  const blocks = [...alike.values()].map(asBlock);
  const notes = leftOut.map((sentence) => pc.yellow(sentence));
  const sum = `${objects} objects, ${rules} rules, ${violations.length} violation${violations.length === 1 ? "" : "s"}`;
  return [...blocks, ...notes, violations.length === 0 ? pc.green(sum) : pc.red(sum)].join("\n");
}

function asBlock(alike: readonly Violation[]): string {
  const [first] = alike;
  if (!first) return "";
  const names = few(alike.flatMap(({ object }) => object ?? []));
  const folders = few([...new Set(alike.flatMap(({ renderedBy }) => renderedBy))]);
  return [
    `${pc.bold(first.file)}${names && `  ${names}`}${folders && pc.dim(` (rendered by ${folders})`)}`,
    `  ${pc.red(first.rule)}: ${first.problem}.`,
    `  ${first.mend}`,
    "",
  ].join("\n");
}

function few(names: readonly string[]): string {
  const [first = "", ...others] = names;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}
