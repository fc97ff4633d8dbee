import color from "picocolors";

/** One thing that a benchmark holds the mall to. */
export interface Verdict {
  text: string;
  passed: boolean;
}

export const verdictLines = (verdicts: readonly Verdict[]): string =>
  verdicts
    .map(({ text, passed }) => `${passed ? color.green("met   ") : color.red("missed")} ${text}`)
    .join("\n");

export const allPassed = (verdicts: readonly Verdict[]): boolean => verdicts.every(({ passed }) => passed);
