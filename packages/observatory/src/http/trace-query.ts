import { z } from "zod";
import { parseAttributeCondition } from "../analysis/attribute-condition.ts";
import type { TraceFilter } from "../analysis/trace-search.ts";
import { HttpProblem } from "./problem.ts";

const text = z.string().min(1).max(500).optional();
const milliseconds = z.coerce.number().nonnegative().optional();

const querySchema = z.object({
  service: text,
  route: text,
  cause: text,
  minMs: milliseconds,
  maxMs: milliseconds,
  from: milliseconds,
  to: milliseconds,
  errors: z.enum(["true", "false", "1", "0"]).optional(),
  attr: z.array(z.string().min(1).max(1_000)).max(10),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** @throws {HttpProblem} 400 naming the parameter */
export function parseTraceQuery(query: URLSearchParams): { filter: TraceFilter; limit: number } {
  const parsed = querySchema.safeParse({ ...withoutEmpty(query), attr: query.getAll("attr") });
  if (!parsed.success) throw badParameter(parsed.error);
  const { from, to, errors, attr, limit, ...rest } = parsed.data;
  const given = {
    ...rest,
    fromMs: from,
    toMs: to,
    errorsOnly: errors === "true" || errors === "1",
    attributes: attr.map(parseAttributeCondition),
  };
  return { filter: defined(given), limit };
}

const serviceSchema = z.object({ service: text, route: text });

/** @throws {HttpProblem} 400 naming the parameter */
export function parseServiceQuery(query: URLSearchParams): { service?: string; route?: string } {
  const parsed = serviceSchema.safeParse(withoutEmpty(query));
  if (!parsed.success) throw badParameter(parsed.error);
  return defined(parsed.data);
}

/** A form sends its empty fields, too; they mean "any". */
const withoutEmpty = (query: URLSearchParams): Record<string, string> =>
  Object.fromEntries([...query].filter(([, value]) => value !== ""));

type Defined<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

const defined = <Fields extends object>(fields: Fields): Partial<Defined<Fields>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<
    Defined<Fields>
  >;

function badParameter(error: z.ZodError): HttpProblem {
  const [issue] = error.issues;
  const name = issue?.path.join(".") ?? "query";
  return new HttpProblem(400, "Bad parameter", `${name}: ${issue?.message ?? "is not valid"}`, {
    cause: error,
  });
}
