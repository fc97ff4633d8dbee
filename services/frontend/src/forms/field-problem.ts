import type { z } from "zod";
import type { Messages } from "../i18n/messages.ts";

/** What is wrong with a field; each has its sentence in every language. */
export type FieldProblem = keyof Messages["form"]["problems"];

/** By the field's name. */
export type FieldProblems<Field extends string = string> = Partial<Record<Field, FieldProblem>>;

/** The accepted form, or what is wrong with which field. A schema's messages must be `FieldProblem`s. */
export type Reading<Form> = { form: Form } | { problems: FieldProblems };

export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  typed: unknown,
): Reading<z.output<Schema>> {
  const result = schema.safeParse(typed);
  if (result.success) return { form: result.data };
  const problems = new Map<string, FieldProblem>();
  for (const { path, message } of result.error.issues) {
    const field = String(path[0]);
    // Of several problems of one field, the first is the one to solve first.
    if (!problems.has(field)) problems.set(field, message as FieldProblem);
  }
  return { problems: Object.fromEntries(problems) };
}
