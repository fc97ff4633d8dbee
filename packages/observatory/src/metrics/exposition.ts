import { parseNumber, readLabels, skipSeries } from "./exposition-syntax.ts";
import { ExpositionError } from "./exposition-error.ts";

export type ExposedExemplar = {
  readonly labels: readonly (readonly [string, string])[];
  readonly value: number;
  readonly timeMs: number | null;
};

export type ExposedSample = {
  /** Name and labels as they were written: the same text is the same series. */
  readonly series: string;
  readonly value: number;
  /** When the service says so; else the scrape's time stands. */
  readonly timeMs: number | null;
  /** A counter, or a part of a histogram or summary that only grows. */
  readonly cumulative: boolean;
  /** As it was written, for `parseExemplar`: most are known from the scrape before. */
  readonly exemplar: string | null;
};

/**
 * The samples of a /metrics page, in OpenMetrics' text format or Prometheus's (which differ in the unit of time).
 * @throws {ExpositionError} with the number of the line that cannot be read
 */
export function* parseExposition(
  text: string,
  format: "openmetrics" | "prometheus",
): Generator<ExposedSample> {
  const msPerTimeUnit = format === "openmetrics" ? 1000 : 1;
  const cumulativeFamilies = new Set<string>();
  let lineNumber = 0;
  for (const line of text.split("\n")) {
    lineNumber++;
    if (line === "# EOF") return;
    if (line.startsWith("# TYPE ")) noteType(line, cumulativeFamilies);
    if (line.startsWith("#") || line.trim() === "") continue;
    try {
      yield parseSample(line, msPerTimeUnit, cumulativeFamilies);
    } catch (cause) {
      if (!(cause instanceof ExpositionError)) throw cause;
      throw new ExpositionError(`line ${lineNumber}: ${cause.message}`, { cause });
    }
  }
  // OpenMetrics ends with a mark, so that half an answer is not taken for a whole one.
  if (format === "openmetrics") throw new ExpositionError(`line ${lineNumber}: "# EOF" is missing`);
}

function noteType(line: string, cumulativeFamilies: Set<string>): void {
  const [, , family = "", type = ""] = line.split(/\s+/);
  if (["counter", "histogram", "summary"].includes(type)) cumulativeFamilies.add(family);
}

const suffix = /_(?:total|bucket|count|sum)$/;

function parseSample(line: string, msPerTimeUnit: number, cumulativeFamilies: Set<string>): ExposedSample {
  const end = skipSeries(line);
  const series = line.slice(0, end);
  const name = /^[^{\s]+/.exec(series)?.[0] ?? "";
  const [own = "", exemplar] = splitExemplar(line.slice(end));
  const [value, time, ...more] = own.trim().split(/\s+/);
  if (value === undefined || value === "" || more.length > 0)
    throw new ExpositionError("expected a value and perhaps a time after the series");
  return {
    series,
    value: parseNumber(value),
    timeMs: time === undefined ? null : parseNumber(time) * msPerTimeUnit,
    cumulative: cumulativeFamilies.has(name) || cumulativeFamilies.has(name.replace(suffix, "")),
    exemplar: exemplar ?? null,
  };
}

function splitExemplar(rest: string): string[] {
  const at = rest.indexOf(" # {");
  return at < 0 ? [rest] : [rest.slice(0, at), rest.slice(at + 3)];
}

/** @throws {ExpositionError} */
export function parseExemplar(text: string): ExposedExemplar {
  const { labels, end } = readLabels(text, 0);
  const [value, time] = text.slice(end).trim().split(/\s+/);
  return {
    labels,
    value: parseNumber(value ?? ""),
    timeMs: time === undefined ? null : parseNumber(time) * 1000,
  };
}
