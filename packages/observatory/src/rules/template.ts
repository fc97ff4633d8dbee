import type { Labels } from "../promql/labels.ts";
import { RuleFileError } from "./rule-file-error.ts";

export type Template = (labels: Labels, value: number) => string;

const action = /\{\{(.*?)\}\}/gs;

const formats: ReadonlyMap<string, (value: number) => string> = new Map([
  ["", formatFloat],
  ["humanizePercentage", (value: number) => `${formatSignificant(value * 100, 4)}%`],
  ["humanizeDuration", humanizeDuration],
  ['printf "%.0f"', (value: number) => formatFixed(value, 0)],
  ['printf "%.1f"', (value: number) => formatFixed(value, 1)],
  ['printf "%.2f"', (value: number) => formatFixed(value, 2)],
]);

/**
 * Compiles the part of Prometheus's templates that the mall's rules use: `{{ $labels.x }}`, `{{ $value }}` and
 * `{{ $value | format }}`.
 * @throws {RuleFileError} naming an action that is not supported
 */
export function compileTemplate(text: string): Template {
  const parts: Template[] = [];
  let end = 0;
  for (const match of text.matchAll(action)) {
    const literal = text.slice(end, match.index);
    parts.push(() => literal, compileAction((match[1] ?? "").trim()));
    end = match.index + match[0].length;
  }
  const rest = text.slice(end);
  if (rest.includes("{{")) throw new RuleFileError(`"{{" without "}}" in ${JSON.stringify(text)}`);
  return (labels, value) => parts.map((part) => part(labels, value)).join("") + rest;
}

function compileAction(source: string): Template {
  const label = /^\$labels\.([a-zA-Z_]\w*)$/.exec(source)?.[1];
  if (label !== undefined) return (labels) => labels.get(label);
  const [subject, format = ""] = source.split("|").map((part) => part.trim());
  const formatted = formats.get(format);
  if (subject !== "$value" || !formatted)
    throw new RuleFileError(
      `the template {{ ${source} }} is not supported: use $labels.name, $value, or $value | one of ${[...formats.keys()].filter(Boolean).join(", ")}`,
    );
  return (_, value) => formatted(value);
}

function formatSpecial(value: number): string | undefined {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? undefined : value > 0 ? "+Inf" : "-Inf";
}

/** As Go prints a float: an exponent below 1e-4 and from 1e6, of two digits at least. */
export function formatFloat(value: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6) ? goExponent(value.toExponential()) : String(value);
}

/** Go's %.<digits>g. */
function formatSignificant(value: number, digits: number): string {
  const special = formatSpecial(value);
  if (special !== undefined) return special;
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  const exponential = size !== 0 && (size < 1e-4 || size >= 10 ** digits);
  return exponential ? goExponent(rounded.toExponential()) : String(rounded);
}

const goExponent = (text: string): string => text.replace(/e([+-])(\d)$/, "e$10$2");

const formatFixed = (value: number, digits: number): string => formatSpecial(value) ?? value.toFixed(digits);

/** Seconds as Prometheus's humanizeDuration writes them; below a second, in milliseconds and less. */
function humanizeDuration(seconds: number): string {
  const special = formatSpecial(seconds);
  if (special !== undefined) return special;
  const size = Math.abs(seconds);
  if (size === 0) return "0s";
  if (size < 1) {
    const steps = Math.ceil(-Math.log10(size) / 3);
    return `${formatSignificant(seconds * 1000 ** steps, 4)}${["", "m", "u", "n"][steps] ?? "p"}s`;
  }
  if (size < 60) return `${formatSignificant(seconds, 4)}s`;
  const whole = Math.trunc(size);
  const units = [Math.trunc(whole / 86_400), Math.trunc(whole / 3600) % 24, Math.trunc(whole / 60) % 60];
  const [days = 0, hours = 0, minutes = 0] = units;
  const text = `${minutes}m ${whole % 60}s`;
  const withHours = hours > 0 || days > 0 ? `${hours}h ${text}` : text;
  return (seconds < 0 ? "-" : "") + (days > 0 ? `${days}d ${withHours}` : withHours);
}
