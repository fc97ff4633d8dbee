import { functionSignatures } from "./function-signatures.ts";
import { parseLabelList } from "./parse-binary.ts";
import { PromqlError } from "./promql-error.ts";
import type { Aggregation, Aggregator, Call, Expression, ValueType } from "./syntax-tree.ts";
import type { TokenReader } from "./token-reader.ts";
import { describeType, valueTypeOf } from "./value-type.ts";

/** `name(argument, …)`. @throws {PromqlError} for an unknown function, or arguments that are not its own */
export function parseCall(reader: TokenReader, parseArgument: () => Expression): Call {
  const { text: name, position } = reader.next();
  const signature = functionSignatures.get(name);
  if (!signature) throw new PromqlError(`the function ${name} is not supported`, position);
  const args = parseArguments(reader, parseArgument);
  const most = signature.takes.length;
  const least = most - signature.optional;
  if (args.length < least || args.length > most)
    throw new PromqlError(`${name} takes ${least} arguments, not ${args.length}`, position);
  for (const [at, arg] of args.entries()) expectType(arg, signature.takes[at] ?? "vector", name);
  return { kind: "call", name, args, position };
}

/** `sum by (label) (argument)`, or with the clause behind. @throws {PromqlError} */
export function parseAggregation(
  reader: TokenReader,
  operator: Aggregator,
  parseArgument: () => Expression,
): Aggregation {
  const { position } = reader.next();
  const before = parseGrouping(reader);
  const args = parseArguments(reader, parseArgument);
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

function parseArguments(reader: TokenReader, parseArgument: () => Expression): Expression[] {
  reader.expectSymbol("(");
  const args: Expression[] = [];
  if (!reader.isSymbol(")")) {
    do args.push(parseArgument());
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
