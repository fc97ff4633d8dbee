import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpProblem } from "./problem.ts";

export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Values of the path's `{names}`, decoded. */
  readonly params: ReadonlyMap<string, string>;
  readonly query: URLSearchParams;
  readonly path: string;
};

export type Route = {
  readonly method: "GET" | "POST" | "PUT";
  /** `/api/traces/{traceId}`; a final `/*` takes every path below. */
  readonly path: string;
  readonly handle: (exchange: Exchange) => void | Promise<void>;
};

/** The route for a request and its parameters. @throws {HttpProblem} 404, or 405 with `Allow`. */
export function findRoute(routes: readonly Route[], method: string, path: string) {
  const segments = path.split("/");
  const matching = routes.flatMap((route) => {
    const params = matchPath(route.path.split("/"), segments);
    return params === null ? [] : [{ route, params }];
  });
  if (matching.length === 0)
    throw new HttpProblem(404, "Not found", `There is nothing at ${path.slice(0, 200)}.`);

  const wanted = method === "HEAD" ? "GET" : method;
  const found = matching.find(({ route }) => route.method === wanted);
  if (found !== undefined) return found;
  const allow = [...new Set(matching.map(({ route }) => route.method))].join(", ");
  throw new HttpProblem(405, "Method not allowed", `Use ${allow}.`, { headers: { allow } });
}

function matchPath(pattern: readonly string[], segments: readonly string[]): Map<string, string> | null {
  const params = new Map<string, string>();
  for (const [at, part] of pattern.entries()) {
    if (part === "*") return params;
    const segment = segments[at];
    if (segment === undefined) return null;
    if (part.startsWith("{")) params.set(part.slice(1, -1), decode(segment));
    else if (part !== segment) return null;
  }
  return pattern.length === segments.length ? params : null;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (cause) {
    throw new HttpProblem(400, "Bad request", "The path is not valid percent-encoding.", { cause });
  }
}
