import { createContext, Script } from "node:vm";
import { PromqlError } from "./promql-error.ts";

// Prometheus matches in linear time, JavaScript does not: `(a+)+b` could stop the process. So matching is timed.
// Long enough for a busy machine, on which a harmless match may have to wait.
const LONGEST_MATCH_MS = 500;
const KNOWN_VALUES = 4_096;

const matching = new Script("pattern.test(value)");
const realm: { pattern: RegExp; value: string } = { pattern: /^$/, value: "" };
const context = createContext(realm);

/** What RE2 does not know, or what would mean something else in JavaScript. */
const foreign = /\(\?(?!:|i\))[\w<=!]*|\[\[:|(?<=^|[^\\])(?:\\\\)*\\[1-9kpPzAQEC]/u;
const punctuation = /\\([^a-zA-Z\d\s])/gu;

/** A fully anchored regular expression, in what RE2 and JavaScript agree on. @throws {PromqlError} */
export function compilePattern(source: string, position: number): (value: string) => boolean {
  const unsupported = foreign.exec(source);
  if (unsupported) throw new PromqlError(`"${unsupported[0]}" in a pattern is not supported`, position);
  const pattern = translate(source, position);
  const known = new Map<string, boolean>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const matches = matchInTime(pattern, value, position);
    if (known.size < KNOWN_VALUES) known.set(value, matches);
    return matches;
  };
}

function translate(source: string, position: number): RegExp {
  const ignoreCase = source.startsWith("(?i)");
  const body = ignoreCase ? source.slice(4) : source;
  if (body.includes("(?i)"))
    throw new PromqlError(`"(?i)" is supported at the start of a pattern only`, position);
  // RE2 allows to escape any punctuation, JavaScript only what has a meaning.
  const escaped = body.replace(punctuation, (whole, char: string) =>
    "^$\\.*+?()[]{}|/-".includes(char) ? (char === "-" ? "\\x2d" : whole) : char,
  );
  try {
    return new RegExp(`^(?:${escaped})$`, ignoreCase ? "iu" : "u");
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PromqlError(`the pattern cannot be read: ${reason}`, position);
  }
}

function matchInTime(pattern: RegExp, value: string, position: number): boolean {
  realm.pattern = pattern;
  realm.value = value;
  try {
    return matching.runInContext(context, { timeout: LONGEST_MATCH_MS }) === true;
  } catch (cause) {
    if ((cause as { code?: unknown } | null)?.code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw cause;
    throw new PromqlError("the pattern takes too long to match", position);
  }
}
