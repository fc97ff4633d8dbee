import { z } from "zod";
import { Problem } from "../errors.ts";

const problemSchema = z.looseObject({
  type: z.string().default("about:blank"),
  detail: z.string().default(""),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
});
type ReceivedProblem = z.output<typeof problemSchema>;

/**
 * A dependency answered with a 4xx problem. The caller decides what that means to it; where nobody does, it was our
 * mistake and not the shopper's, so it becomes a 502.
 */
export class Refused extends Problem {
  readonly answerStatus: number;
  readonly problem: ReceivedProblem;

  constructor(peer: string, answerStatus: number, problem: ReceivedProblem) {
    super(502, "bad-gateway", `${peer} refused with ${answerStatus}: ${problem.detail}`);
    this.answerStatus = answerStatus;
    this.problem = problem;
  }

  /** The last part of the problem's type: `sold-out` of `urn:mall:problem:sold-out`. */
  get problemCode(): string {
    return this.problem.type.slice(this.problem.type.lastIndexOf(":") + 1);
  }
}

export const isRefusal = (error: unknown, status: number): error is Refused =>
  error instanceof Refused && error.answerStatus === status;

export function readProblem(text: string): ReceivedProblem {
  try {
    return problemSchema.parse(JSON.parse(text));
  } catch {
    return problemSchema.parse({});
  }
}
