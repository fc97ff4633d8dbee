import { DeadlineExceeded, Problem } from "../errors.ts";
import { Refused } from "./refused.ts";

/**
 * A timeout that says nothing about the peer: the caller's deadline had left it less than half of its usual time.
 * Otherwise a stranger could open the circuits of a healthy mall, by asking with a deadline of a millisecond.
 */
export class Hurried extends DeadlineExceeded {}

/** Whether the peer failed. A refusal (4xx) is an answer. */
export const isOutage = (error: unknown): boolean =>
  error instanceof Problem &&
  error.status >= 500 &&
  !(error instanceof Refused) &&
  !(error instanceof Hurried);
