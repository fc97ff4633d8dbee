import type { z } from "zod";

export interface Call<S extends z.ZodType | undefined> {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** With parameters in braces: `/carts/{id}`. */
  path: string;
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | undefined>>;
  headers?: Readonly<Record<string, string>>;
  body?: unknown;
  /** What a 2xx answer must look like; without it the answer's body is ignored. */
  answer?: S;
  /** The answer is text and no JSON. */
  text?: boolean;
  /** Whether repeating the call does no harm. True for GET, PUT and DELETE, false for POST, unless said otherwise. */
  idempotent?: boolean;
  /** For one attempt, in milliseconds; the current request's deadline shortens it. */
  timeoutMs?: number;
}

export interface HttpClient {
  /**
   * Calls the service. Resolves with the validated body of a 2xx answer. Throws `Refused` for a 4xx answer,
   * `Unavailable` (503) when nothing can be reached or the circuit is open, `BadGateway` (502) for a 5xx or unreadable
   * answer, and `DeadlineExceeded` (504) when the time has run out.
   */
  request<S extends z.ZodType | undefined = undefined>(
    call: Call<S>,
  ): Promise<S extends z.ZodType ? z.output<S> : undefined>;
  close(): Promise<void>;
}
