import { PromqlError } from "./promql-error.ts";
import {
  type Binary,
  type BinaryOperator,
  type Expression,
  isComparison,
  isSetOperator,
  type Matching,
} from "./syntax-tree.ts";
import type { Token } from "./lexer.ts";
import type { TokenReader } from "./token-reader.ts";
import { valueTypeOf } from "./value-type.ts";

/** How strongly an operator binds; the unary minus stands between `*` and `^`. */
export const UNARY_PRECEDENCE = 5;
const precedences: ReadonlyMap<string, number> = new Map([
  ["or", 1],
  ["and", 2],
  ["unless", 2],
  ...["==", "!=", "<", "<=", ">", ">="].map((operator) => [operator, 3] as const),
  ["+", 4],
  ["-", 4],
  ["*", 5],
  ["/", 5],
  ["%", 5],
  ["^", 6],
]);

export function peekPrecedence(reader: TokenReader): number | undefined {
  const { kind, text, position } = reader.peek();
  if (kind !== "symbol" && kind !== "identifier") return undefined;
  if (text.toLowerCase() === "atan2") throw new PromqlError("atan2 is not supported", position);
  return precedences.get(text.toLowerCase());
}

/** What stands behind an operator and before its right side: `bool`, `on`, `ignoring`, `group_left`. */
export function parseModifiers(reader: TokenReader, operator: BinaryOperator, token: Token) {
  const bool = reader.isWord("bool");
  if (bool && !isComparison(operator))
    throw new PromqlError("bool belongs to comparisons only", reader.peek().position);
  if (bool) reader.next();
  const written = reader.isWord("on", "ignoring");
  return { bool, matching: parseMatching(reader, operator), written, position: token.position };
}

function parseMatching(reader: TokenReader, operator: BinaryOperator): Matching {
  if (!reader.isWord("on", "ignoring")) return { on: false, labels: [], many: null, include: [] };
  const on = reader.next().text.toLowerCase() === "on";
  const labels = parseLabelList(reader);
  if (!reader.isWord("group_left", "group_right")) return { on, labels, many: null, include: [] };
  const group = reader.next();
  if (isSetOperator(operator))
    throw new PromqlError(`${group.text} does not go with ${operator}`, group.position);
  const include = reader.isSymbol("(") ? parseLabelList(reader) : [];
  const many = group.text.toLowerCase() === "group_left" ? "left" : "right";
  return { on, labels, many, include };
}

export function parseLabelList(reader: TokenReader): string[] {
  reader.expectSymbol("(");
  const labels: string[] = [];
  while (!reader.isSymbol(")")) {
    const { text, position } = reader.expect("identifier", "a label");
    if (text.includes(":")) throw new PromqlError(`"${text}" is no label name`, position);
    labels.push(text);
    if (!reader.takeSymbol(",")) break;
  }
  reader.expectSymbol(")");
  return labels;
}

/** @throws {PromqlError} when the sides cannot be combined */
export function combine(
  operator: BinaryOperator,
  left: Expression,
  right: Expression,
  { bool, matching, written, position }: ReturnType<typeof parseModifiers>,
): Binary {
  const sides = [left, right].map(valueTypeOf);
  if (sides.includes("range"))
    throw new PromqlError(`${operator} needs scalars or instant vectors`, position);
  const bothVectors = sides.every((side) => side === "vector");
  if (isSetOperator(operator) && !bothVectors)
    throw new PromqlError(`${operator} needs a vector on each side`, position);
  if (written && !bothVectors) throw new PromqlError("matching labels need a vector on each side", position);
  if (isComparison(operator) && !bool && !sides.includes("vector"))
    throw new PromqlError("a comparison of scalars needs bool", position);
  return { kind: "binary", operator, left, right, bool, matching, position };
}
