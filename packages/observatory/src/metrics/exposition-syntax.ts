import { Labels, METRIC_NAME } from "../promql/labels.ts";
import { ExpositionError } from "./exposition-error.ts";

const metricName = /[a-zA-Z_:][\w:]*/y;
const label = /\s*([a-zA-Z_]\w*)\s*=\s*"((?:[^"\\\n]|\\.)*)"\s*/y;
const numberShape = /^[+-]?(?:inf(?:inity)?|nan|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)$/i;

/** Where the name and labels at the start of the line end. */
export function skipSeries(line: string): number {
  const start = readName(line);
  if (line[start] !== "{") return start;
  let quoted = false;
  for (let at = start + 1; at < line.length; at++) {
    const char = line[at];
    if (char === '"') quoted = !quoted;
    else if (quoted && char === "\\") at++;
    else if (!quoted && char === "}") return at + 1;
  }
  throw new ExpositionError("a label's closing quote or } is missing");
}

/** The labels of a series as it was written, its name among them. */
export function parseSeries(text: string): Labels {
  const end = readName(text);
  const { labels } = text[end] === "{" ? readLabels(text, end) : { labels: [] };
  return Labels.of([[METRIC_NAME, text.slice(0, end)], ...labels]);
}

function readName(text: string): number {
  metricName.lastIndex = 0;
  const name = metricName.exec(text)?.[0];
  if (name === undefined) throw new ExpositionError("a metric's name was expected");
  return name.length;
}

/** `{name="value",…}` at `start`. */
export function readLabels(text: string, start: number) {
  const labels: [string, string][] = [];
  let at = start + 1;
  for (;;) {
    if (text[at] === "}") return { labels, end: at + 1 };
    label.lastIndex = at;
    const [whole, name, value] = label.exec(text) ?? [];
    if (whole === undefined || name === undefined || value === undefined)
      throw new ExpositionError('a label="value" or } was expected');
    labels.push([name, unescape(value)]);
    at += whole.length;
    if (text[at] === ",") at++;
    else if (text[at] !== "}") throw new ExpositionError("a comma or } was expected");
  }
}

const unescape = (value: string): string =>
  value.includes("\\") ? value.replace(/\\(.)/g, (_, char: string) => (char === "n" ? "\n" : char)) : value;

export function parseNumber(text: string): number {
  if (!numberShape.test(text)) throw new ExpositionError(`${JSON.stringify(text)} is no number`);
  if (/nan/i.test(text)) return Number.NaN;
  if (/inf/i.test(text)) return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return Number(text);
}
