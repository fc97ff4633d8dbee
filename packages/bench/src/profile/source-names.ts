import { existsSync, readFileSync } from "node:fs";
import type { Runtime } from "node:inspector";
import { SourceMap, type SourceMapPayload } from "node:module";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** A function as people know it: where it stands in the sources, not in the bundle. */
export interface Frame {
  name: string;
  /** "express", "services/cart", "node:http"; "native" for system calls and what else is not JavaScript. */
  package: string;
  /** Path from the project's folder, and line; empty for what has no source. */
  source: string;
}

/** Reads functions' names and places through the bundles' source maps. */
export function createSourceNames(projectRoot: string): (callFrame: Runtime.CallFrame) => Frame {
  const maps = new Map<string, SourceMap | undefined>();

  function mapOf(file: string): SourceMap | undefined {
    if (!maps.has(file)) maps.set(file, readMap(`${file}.map`));
    return maps.get(file);
  }

  return ({ functionName, url, lineNumber, columnNumber }) => {
    const name = functionName || "(anonymous)";
    if (url === "") return { name, package: name.startsWith("(garbage") ? "V8" : "native", source: "" };
    if (!url.startsWith("file:")) return { name, package: builtinOf(url), source: url };
    const file = fileURLToPath(url);
    const entry = mapOf(file)?.findEntry(lineNumber, columnNumber);
    const [path, line] =
      entry && "originalSource" in entry
        ? [resolve(dirname(file), entry.originalSource), entry.originalLine]
        : [file, lineNumber];
    return {
      name,
      package: packageOf(relative(projectRoot, path)),
      source: `${relative(projectRoot, path)}:${line + 1}`,
    };
  };
}

function readMap(file: string): SourceMap | undefined {
  if (!existsSync(file)) return undefined;
  return new SourceMap(JSON.parse(readFileSync(file, "utf8")) as SourceMapPayload);
}

/** `node:http` of `node:_http_server`, `node:internal` of `node:internal/streams/writable`. */
const builtinOf = (url: string): string => url.replace(/^node:_?([a-z]+).*$/, "node:$1");

function packageOf(path: string): string {
  const [, installed] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return installed ?? path.split("/").slice(0, 2).join("/");
}
