import type { Problem } from "../api-types.ts";

/** An answer that is not what was asked for. `detail` is a sentence that says what to do. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly evicted: boolean | undefined;

  constructor(
    status: number,
    title: string,
    detail: string,
    {
      headers = {},
      evicted,
      cause,
    }: { headers?: Record<string, string>; evicted?: boolean; cause?: unknown } = {},
  ) {
    super(detail, { cause });
    this.status = status;
    this.title = title;
    this.headers = headers;
    this.evicted = evicted;
  }

  toJSON(): Problem {
    const { title, status, message: detail, evicted } = this;
    return { type: "about:blank", title, status, detail, ...(evicted === undefined ? {} : { evicted }) };
  }
}

/** Anything that was thrown, as a problem. What is not expected is told without its internals. */
export const toProblem = (error: unknown): HttpProblem =>
  error instanceof HttpProblem
    ? error
    : new HttpProblem(500, "Internal error", "The observatory failed to answer. Its log has the reason.", {
        cause: error,
      });
