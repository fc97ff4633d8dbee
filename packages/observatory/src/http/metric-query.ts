import { z } from "zod";
import { MOST_STEPS, type Steps } from "../promql/query.ts";
import { HttpProblem } from "./problem.ts";

const query = z.string("is missing").trim().min(1, "is empty").max(4_000);
const milliseconds = z.coerce.number("must be a number of milliseconds").int().nonnegative();

const DEFAULT_LAST_MS = 15 * 60_000;

const instantSchema = z.object({ query, at: milliseconds.optional() });
const rangeSchema = z.object({
  query,
  from: milliseconds.optional(),
  to: milliseconds.optional(),
  last: milliseconds.default(DEFAULT_LAST_MS),
  step: milliseconds.min(1),
});
const exemplarSchema = z.object({ query });

/** @throws {HttpProblem} 400 naming the parameter */
export const parseInstantQuery = (given: URLSearchParams) => parse(instantSchema, given);

/** @throws {HttpProblem} 400 naming the parameter */
export const parseExemplarQuery = (given: URLSearchParams) => parse(exemplarSchema, given);

/**
 * Without an end: until now, on whole steps, so that asking again soon moves no point.
 * @throws {HttpProblem} 400 naming the parameter
 */
export function parseRangeQuery(given: URLSearchParams, nowMs: number): { query: string; steps: Steps } {
  const { query: text, from, to, last, step } = parse(rangeSchema, given);
  const toMs = to ?? Math.floor(nowMs / step) * step;
  const fromMs = from ?? toMs - last;
  if (fromMs > toMs) throw badParameter("from must not be after to");
  if ((toMs - fromMs) / step >= MOST_STEPS)
    throw badParameter(`step is too short: a range has at most ${MOST_STEPS} steps`);
  return { query: text, steps: { fromMs, toMs, stepMs: step } };
}

function parse<Fields>(schema: z.ZodType<Fields>, given: URLSearchParams): Fields {
  const parsed = schema.safeParse(Object.fromEntries([...given].filter(([, value]) => value !== "")));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw badParameter(`${issue?.path.join(".") ?? "query"} ${issue?.message ?? "is not valid"}`, parsed.error);
}

const badParameter = (reason: string, cause?: unknown): HttpProblem =>
  new HttpProblem(400, "Bad parameter", `${reason}.`, { cause });
