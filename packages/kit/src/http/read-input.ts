import type { Request, Response } from "express";
import type { z } from "zod";
import { BadRequest, type FieldError, InvalidInput, type Problem } from "../errors.ts";
import type { Route } from "./route.ts";

/** What the route's schemas make of a request. Throws `BadRequest` for its address and headers, `InvalidInput` for its body. */
export function readInput(route: Route, request: Request, response: Response) {
  return {
    params: parse(route.params, request.params, inUrl),
    query: parse(route.query, request.query, inUrl),
    headers: parse(route.headers, request.headers, inUrl),
    body: parse(route.body, request.body, inBody),
    request,
    response,
  };
}

type Refuse = (errors: FieldError[]) => Problem;
const inUrl: Refuse = (errors) => new BadRequest(sentence(errors), errors);
const inBody: Refuse = (errors) => new InvalidInput(sentence(errors), errors);
const sentence = (errors: FieldError[]): string =>
  `Correct ${errors.map(({ field, message }) => `${field}: ${message}`).join("; ")}.`;

function parse(schema: z.ZodType | undefined, value: unknown, refuse: Refuse): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw refuse(result.error.issues.flatMap(fieldErrors));
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const at = issue.path.map(String);
  const fields = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...at, key]) : [at];
  return fields.map((path) => ({ field: path.join(".") || "body", message: issue.message }));
}
