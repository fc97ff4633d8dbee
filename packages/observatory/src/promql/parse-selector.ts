import { parseDuration } from "./duration.ts";
import { createLabelMatcher, type LabelMatcher, type MatchOperator } from "./label-matcher.ts";
import { METRIC_NAME } from "./labels.ts";
import { PromqlError } from "./promql-error.ts";
import type { Selector } from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";

const isMatchOperator = (text: string): text is MatchOperator => ["=", "!=", "=~", "!~"].includes(text);

/** `name{label="value"}[5m] offset 1m`, of which name or braces may be missing. */
export function parseSelector(reader: TokenReader): Selector {
  const { position } = reader.peek();
  const matchers: LabelMatcher[] = [];
  if (reader.peek().kind === "identifier")
    matchers.push(createLabelMatcher(METRIC_NAME, "=", reader.next().text, position));
  if (reader.isSymbol("{")) matchers.push(...parseMatchers(reader, matchers.length > 0));
  if (!matchers.some(({ matches }) => !matches("")))
    throw new PromqlError("a selector needs a matcher that does not match the empty value", position);
  const rangeMs = reader.isSymbol("[") ? parseRange(reader) : null;
  const offsetMs = reader.isWord("offset") ? parseOffset(reader) : 0;
  refuseModifiers(reader);
  return { kind: "selector", matchers, rangeMs, offsetMs, position };
}

function parseMatchers(reader: TokenReader, named: boolean): LabelMatcher[] {
  reader.expectSymbol("{");
  const matchers: LabelMatcher[] = [];
  while (!reader.isSymbol("}")) {
    const { text: name, position } = reader.expect("identifier", "a label");
    if (name.includes(":")) throw new PromqlError(`"${name}" is no label name`, position);
    if (named && name === METRIC_NAME) throw new PromqlError("the metric's name is given twice", position);
    const operator = reader.expect("symbol", "=, !=, =~ or !~");
    if (!isMatchOperator(operator.text))
      throw new PromqlError(`expected =, !=, =~ or !~, found "${operator.text}"`, operator.position);
    const value = reader.expect("string", "a string");
    matchers.push(createLabelMatcher(name, operator.text, value.text, value.position));
    if (!reader.takeSymbol(",")) break;
  }
  reader.expectSymbol("}");
  return matchers;
}

function parseRange(reader: TokenReader): number {
  reader.expectSymbol("[");
  const rangeMs = readDuration(reader);
  if (reader.peek().text.startsWith(":"))
    throw new PromqlError("subqueries are not supported", reader.peek().position);
  reader.expectSymbol("]");
  return rangeMs;
}

function parseOffset(reader: TokenReader): number {
  reader.next();
  const sign = reader.takeSymbol("-") ? -1 : 1;
  return sign * readDuration(reader);
}

function readDuration(reader: TokenReader): number {
  const { text, position } = reader.expect("duration", "a duration such as 5m");
  const durationMs = parseDuration(text);
  if (durationMs === undefined || durationMs === 0)
    throw new PromqlError(`"${text}" is no duration`, position);
  return durationMs;
}

function refuseModifiers(reader: TokenReader): void {
  if (reader.isSymbol("@")) throw new PromqlError("the @ modifier is not supported", reader.peek().position);
  if (reader.isSymbol("[") || reader.isWord("offset")) throw reader.unexpected("an operator or the end");
}
