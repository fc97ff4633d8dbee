import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { HttpProblem } from "./problem.ts";
import { send } from "./respond.ts";
import type { Exchange, Route } from "./router.ts";

const TYPES: ReadonlyMap<string, string> = new Map([
  [".html", "text/html; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".json", "application/json; charset=utf-8"],
  [".map", "application/json; charset=utf-8"],
  [".svg", "image/svg+xml"],
  [".png", "image/png"],
  [".ico", "image/x-icon"],
  [".txt", "text/plain; charset=utf-8"],
]);

/** The page's files. Except under /api, a path without an extension is an address within it and gets its document. */
export function createStaticRoute(directory: string): Route {
  async function handle({ path, response }: Exchange): Promise<void> {
    if (path.startsWith("/api/")) throw notFound(path);
    const name = extname(path) === "" ? "index.html" : decodedPath(path);
    const type = TYPES.get(extname(name));
    const file = normalize(join(directory, name));
    if (type === undefined || !file.startsWith(normalize(directory) + sep)) throw notFound(path);
    const content = await readFile(file).catch((cause: unknown) => {
      throw notFound(path, cause);
    });
    response.setHeader("cache-control", "no-cache");
    send(response, 200, type, content);
  }
  return { method: "GET", path: "/*", handle };
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw notFound(path, cause);
  }
}

const notFound = (path: string, cause?: unknown): HttpProblem =>
  new HttpProblem(404, "Not found", `There is no file at ${path.slice(0, 200)}.`, { cause });
