import { combine, parseModifiers, peekPrecedence, UNARY_PRECEDENCE } from "./parse-binary.ts";
import { parseAggregation, parseCall } from "./parse-call.ts";
import { parseSelector } from "./parse-selector.ts";
import { PromqlError } from "./promql-error.ts";
import { aggregators, type BinaryOperator, type Expression } from "./syntax-tree.ts";
import { TokenReader } from "./token-reader.ts";
import { valueTypeOf } from "./value-type.ts";

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
  if (token.kind === "string") throw new PromqlError("a string stands only in a matcher", token.position);
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
  const parseArgument = (): Expression => parseExpression(reader, 0, depth + 1);
  if (aggregator && (isCall || isClause)) return parseAggregation(reader, aggregator, parseArgument);
  if (isCall || isClause) return parseCall(reader, parseArgument);
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
