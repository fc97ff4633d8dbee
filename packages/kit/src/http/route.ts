import type { Request, Response } from "express";
import type { z } from "zod";

export type Method = "get" | "put" | "post" | "delete";
type Schema = z.ZodType;
type Output<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined;

export interface Answer {
  status: number;
  /** An object is sent as JSON, a string as it is with `contentType`. */
  body?: unknown;
  contentType?: string;
  headers?: Readonly<Record<string, string | readonly string[]>>;
}

export interface RouteInput<P, Q, H, B> {
  params: P;
  query: Q;
  headers: H;
  body: B;
  request: Request;
  response: Response;
}

interface RouteShape {
  method: Method;
  /** In OpenAPI's form: `/carts/{id}`. */
  path: string;
  summary: string;
  params?: Schema;
  query?: Schema;
  headers?: Schema;
  body?: Schema;
  /** How the body is sent; JSON unless a browser's form posts it. */
  bodyType?: "json" | "form";
  /** The longest body that is read, in kB of 1024 bytes. Default 256. */
  mostBodyKb?: number;
  /** Part of no journey: it makes no span, and no injected fault hits it. */
  untraced?: boolean;
  /** The body of each answer that is not a problem, by status; `null` means empty, a string is a media type. */
  answers: Readonly<Record<number, Schema | string | null>>;
  /** The problem statuses this route gives on purpose, for its OpenAPI document. */
  problems?: readonly number[];
  /** The longest this route may take, in milliseconds; a shorter deadline of the caller wins. */
  timeoutMs?: number;
}

export interface Route extends RouteShape {
  handle(input: RouteInput<unknown, unknown, unknown, unknown>): Promise<Answer> | Answer;
}

/**
 * Declares one endpoint: what it takes, what it answers, and who handles it. The handler sees only input that its
 * schemas have accepted, and the same schemas make the OpenAPI document.
 */
export function route<
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  H extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
>(
  spec: Omit<RouteShape, "params" | "query" | "headers" | "body"> & {
    params?: P;
    query?: Q;
    headers?: H;
    body?: B;
    handle(input: RouteInput<Output<P>, Output<Q>, Output<H>, Output<B>>): Promise<Answer> | Answer;
  },
): Route {
  return spec as unknown as Route;
}

export const ok = (body: unknown, headers?: Answer["headers"]): Answer => ({
  status: 200,
  body,
  ...(headers && { headers }),
});
export const created = (body: unknown, location: string): Answer => ({
  status: 201,
  body,
  headers: { location },
});
export const noContent = (): Answer => ({ status: 204 });
