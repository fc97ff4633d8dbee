import { PromqlError } from "./promql-error.ts";

export type TokenKind = "identifier" | "number" | "duration" | "string" | "symbol" | "end";

export type Token = {
  readonly kind: TokenKind;
  /** As written; of a string, what it stands for. */
  readonly text: string;
  readonly position: number;
};

const blank = /(?:\s|#[^\n]*)+/y;
const rules: readonly (readonly [TokenKind, RegExp])[] = [
  ["duration", /(?:\d+(?:ms|[ywdhms]))+(?![\w.])/y],
  ["number", /(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])/y],
  ["identifier", /[a-zA-Z_:][\w:]*/y],
  ["string", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/y],
  ["symbol", /=~|!~|==|!=|<=|>=|[-+*/%^=<>(){}[\],@:]/y],
];

/** @throws {PromqlError} at the first character that begins nothing known */
export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  for (;;) {
    position += lengthAt(blank, query, position);
    if (position >= query.length) break;
    const found = rules.find(([, pattern]) => lengthAt(pattern, query, position) > 0);
    if (!found) throw unknown(query, position);
    const [kind, pattern] = found;
    const raw = query.slice(position, position + lengthAt(pattern, query, position));
    tokens.push({ kind, text: kind === "string" ? unquote(raw, position) : raw, position });
    position += raw.length;
  }
  tokens.push({ kind: "end", text: "the end", position: query.length });
  return tokens;
}

function lengthAt(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0].length ?? 0;
}

function unknown(query: string, position: number): PromqlError {
  const char = query[position] ?? "";
  if (`"'\``.includes(char)) return new PromqlError("a string is not closed", position);
  const word = /^[\w.]+/.exec(query.slice(position))?.[0] ?? char;
  return new PromqlError(`unexpected "${word}"`, position);
}

const escapes: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

function unquote(raw: string, position: number): string {
  const body = raw.slice(1, -1);
  if (raw.startsWith("`")) return body;
  return body.replace(
    /\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|(.))/g,
    (whole, byte?: string, unit?: string, char?: string) => {
      const code = byte ?? unit;
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      const stands = escapes[char ?? ""];
      if (stands === undefined) throw new PromqlError(`unknown escape ${whole} in a string`, position);
      return stands;
    },
  );
}
