import {
  combine,
  parseLabelList,
  parseModifiers,
  peekPrecedence,
  UNARY_PRECEDENCE,
} from "./parse-binary.ts";
import { functionSignatures } from "./function-signatures.ts";
import { parseSelector } from "./parse-selector.ts";
import { PromqlError } from "./promql-error.ts";
import {
  type Aggregation,
  type Aggregator,
  aggregators,
  type BinaryOperator,
  type Call,
  type Expression,
  type ValueType,
} from "./syntax-tree.ts";
import { TokenReader } from "./token-reader.ts";
import { describeType, valueTypeOf } from "./value-type.ts";

const LONGEST_QUERY = 10_000;
const DEEPEST = 100;

/**
 * Reads a query in the subset of PromQL that the observatory evaluates.
 * @throws {PromqlError} naming what is wrong or not supported, and where
 */
export function parseQuery(query: string): Expression {
  if (query.length > LONGEST_QUERY) throw new PromqlError("the query is too long", LONGEST_QUERY);
  const reader = new TokenReader(query);
  if (reader.peek().kind === "end") throw new PromqlError("the query is empty", 0);
  const expression = parseExpression(reader, 0, 0);
  if (reader.peek().kind !== "end") throw reader.unexpected("an operator or the end");
  return expression;
}

function parseExpression(reader: TokenReader, weakest: number, depth: number): Expression {
  if (depth > DEEPEST) throw new PromqlError("the query is nested too deeply", reader.peek().position);
  let left = parseOperand(reader, depth);
  for (;;) {
    const precedence = peekPrecedence(reader);
    if (precedence === undefined || precedence < weakest) return left;
    const token = reader.next();
    const operator = token.text.toLowerCase() as BinaryOperator;
    const modifiers = parseModifiers(reader, operator, token);
    // Only ^ groups from the right.
    const right = parseExpression(reader, operator === "^" ? precedence : precedence + 1, depth + 1);
    left = combine(operator, left, right, modifiers);
  }
}

function parseOperand(reader: TokenReader, depth: number): Expression {
  const token = reader.peek();
  if (reader.isSymbol("-") || reader.isSymbol("+")) return parseUnary(reader, depth);
  if (reader.isSymbol("(")) return parseParentheses(reader, depth);
  if (reader.isSymbol("{")) return parseSelector(reader);
  if (token.kind === "number") return number(Number(reader.next().text), token.position);
  if (token.kind === "string")
    throw new PromqlError("a string stands only in a matcher", token.position);
  if (token.kind !== "identifier") throw reader.unexpected("a metric, a function, a number or (");
  return parseWord(reader, depth);
}

function parseWord(reader: TokenReader, depth: number): Expression {
  const { text, position } = reader.peek();
  const lower = text.toLowerCase();
  if (lower === "inf" || lower === "nan") {
    reader.next();
    return number(lower === "inf" ? Number.POSITIVE_INFINITY : Number.NaN, position);
  }
  const aggregator = aggregators.find((each) => each === lower);
  const opens = reader.peek(1);
  const isCall = opens.kind === "symbol" && opens.text === "(";
  const isClause = opens.kind === "identifier" && ["by", "without"].includes(opens.text.toLowerCase());
  if (aggregator && (isCall || isClause)) return parseAggregation(reader, aggregator, depth);
  if (isCall || isClause) return parseCall(reader, depth);
  return parseSelector(reader);
}

const number = (value: number, position: number): Expression => ({ kind: "number", value, position });

function parseUnary(reader: TokenReader, depth: number): Expression {
  const sign = reader.next();
  const operand = parseExpression(reader, UNARY_PRECEDENCE + 1, depth + 1);
  if (valueTypeOf(operand) === "range")
    throw new PromqlError(`${sign.text} needs a scalar or an instant vector`, sign.position);
  return sign.text === "+" ? operand : { kind: "negation", operand, position: sign.position };
}

function parseParentheses(reader: TokenReader, depth: number): Expression {
  reader.expectSymbol("(");
  const inner = parseExpression(reader, 0, depth + 1);
  reader.expectSymbol(")");
  if (reader.isSymbol("[")) throw new PromqlError("subqueries are not supported", reader.peek().position);
  if (reader.isWord("offset") || reader.isSymbol("@"))
    throw new PromqlError(`${reader.peek().text} belongs to a selector`, reader.peek().position);
  return inner;
}

function parseCall(reader: TokenReader, depth: number): Call {
  const { text: name, position } = reader.next();
  const signature = functionSignatures.get(name);
  if (!signature) throw new PromqlError(`the function ${name} is not supported`, position);
  const args = parseArguments(reader, depth);
  const most = signature.takes.length;
  const least = most - signature.optional;
  if (args.length < least || args.length > most)
    throw new PromqlError(`${name} takes ${least} arguments, not ${args.length}`, position);
  for (const [at, arg] of args.entries()) expectType(arg, signature.takes[at] ?? "vector", name);
  return { kind: "call", name, args, position };
}

function parseAggregation(reader: TokenReader, operator: Aggregator, depth: number): Aggregation {
  const { position } = reader.next();
  const before = parseGrouping(reader);
  const args = parseArguments(reader, depth);
  const { without, labels } = before ?? parseGrouping(reader) ?? { without: false, labels: [] };
  const limited = operator === "topk" || operator === "bottomk";
  const operand = args.at(-1);
  if (operand === undefined || args.length !== (limited ? 2 : 1))
    throw new PromqlError(`${operator} takes ${limited ? 2 : 1} arguments, not ${args.length}`, position);
  const parameter = limited ? (args[0] ?? null) : null;
  if (parameter) expectType(parameter, "scalar", operator);
  expectType(operand, "vector", operator);
  return { kind: "aggregation", operator, parameter, operand, without, labels, position };
}

function parseGrouping(reader: TokenReader) {
  if (!reader.isWord("by", "without")) return undefined;
  const without = reader.next().text.toLowerCase() === "without";
  return { without, labels: parseLabelList(reader) };
}

function parseArguments(reader: TokenReader, depth: number): Expression[] {
  reader.expectSymbol("(");
  const args: Expression[] = [];
  if (!reader.isSymbol(")")) {
    do args.push(parseExpression(reader, 0, depth + 1));
    while (reader.takeSymbol(","));
  }
  reader.expectSymbol(")");
  if (reader.isSymbol("[")) throw new PromqlError("subqueries are not supported", reader.peek().position);
  return args;
}

function expectType(arg: Expression, wanted: ValueType, name: string): void {
  const found = valueTypeOf(arg);
  if (found === wanted) return;
  throw new PromqlError(`${name} needs ${describeType(wanted)}, not ${describeType(found)}`, arg.position);
}
