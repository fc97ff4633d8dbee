import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";

/** A fenced block of a page: what a reader is to do. */
export interface Step {
  readonly language: string;
  readonly does: "file" | "add" | "diff" | "run";
  /** Of the file, with `<environment>` where it stands for each of them. */
  readonly path: string;
  readonly text: string;
}

const fence = /^```(\w+)(?: +(.+))?\n([\s\S]*?)^```$/gm;

/** The steps of a page in their order; blocks that are only to be read, or run on a whole machine, are none. */
export function stepsOf(page: string): Step[] {
  return [...page.matchAll(fence)].flatMap(([, language = "", info = "", text = ""]): Step[] => {
    const [, does, path] = /^(file|add)=(\S+)$/.exec(info) ?? [];
    if (path) return [{ language, does: does as "file" | "add", path, text }];
    if (language === "diff")
      return [{ language, does: "diff", path: /^--- (\S+)$/m.exec(text)?.[1] ?? "", text }];
    return language === "sh" && info !== "no-test" ? [{ language, does: "run", path: "", text }] : [];
  });
}

/** Does what a step says in a copy of the repository. Throws when the page does not fit the repository any more. */
export function follow(step: Step, root: string, environments: readonly string[]): void {
  if (step.does === "run") return run(step.text, root);
  const isForEach = step.path.includes("<environment>");
  for (const environment of isForEach ? environments : [""]) {
    const fill = (text: string): string => text.replaceAll("<environment>", environment);
    const file = join(root, fill(step.path));
    const text = environment === "local" ? ofTheNode(step.text) : step.text;
    if (step.does === "file") mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, step.does === "file" ? fill(text) : edited(readFileSync(file, "utf8"), step));
  }
}

function run(commands: string, root: string): void {
  // `node` is the one that runs the tests, whatever stands on the path.
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env["PATH"] ?? ""}` };
  execFileSync("bash", ["-ec", commands], { cwd: root, env });
}

/** What the page says of `local` in words: its images come from the node itself. */
const ofTheNode = (text: string): string => text.replaceAll(/ghcr\.io\/[\w-]+\//g, "mall.local/");

const edited = (before: string, { does, language, text, path }: Step): string =>
  does === "diff" ? withLines(before, text, path) : withAdditions(before, text, language);

/** Puts the added lines behind the line of context before them. */
function withLines(before: string, diff: string, path: string): string {
  const lines = diff
    .trimEnd()
    .split("\n")
    .filter((line) => !line.startsWith("---"));
  const context = lines
    .filter((line) => !line.startsWith("+"))
    .map((line) => line.slice(1))
    .join("\n");
  const after = lines.map((line) => line.slice(1)).join("\n");
  if (!before.includes(`${context}\n`))
    throw new Error(`${path} has no "${context}": the page is out of date`);
  return before.replace(`${context}\n`, `${after}\n`);
}

/** Maps are merged, lists appended; the first item of a list of maps without a name is meant to be the one there. */
function withAdditions(before: string, addition: string, language: string): string {
  const document = parseDocument(before);
  merge([], parseDocument(addition).toJS());
  return language === "json" ? `${JSON.stringify(document.toJS(), undefined, 2)}\n` : document.toString();

  function merge(path: (string | number)[], value: unknown): void {
    const there = document.getIn(path);
    if (isSeq(there) && Array.isArray(value)) {
      for (const item of value)
        if (isMap(there.items[0]) && typeof item === "object" && item !== null && !("name" in item))
          merge([...path, 0], item);
        else document.addIn(path, document.createNode(item));
      return;
    }
    if (isMap(there) && typeof value === "object" && value !== null)
      return Object.entries(value).forEach(([key, child]) => merge([...path, key], child));
    document.setIn(path, document.createNode(value));
  }
}
