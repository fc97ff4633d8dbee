import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Dashboard, dashboards } from "./index.ts";

/** What the folder should hold beside its kustomization: file names and their contents, the same in every run. */
export const files: ReadonlyMap<string, string> = new Map(
  dashboards.map((dashboard) => [`${dashboard.uid}.json`, render(dashboard)]),
);

/** As Prettier has it, so that these files are like all others: lists of words and numbers stand on one line. */
function render(dashboard: Dashboard): string {
  const text = JSON.stringify(dashboard, undefined, 2);
  const compact = text.replaceAll(/\[\n[^[\]{}]+\]/g, (list) =>
    list.replaceAll(/\n\s*/g, " ").replace(/^\[ (.*) \]$/, "[$1]"),
  );
  return `${compact}\n`;
}

/** Names of files that are missing, different, or left over. */
export function drift(folder: string): readonly string[] {
  const found = new Set(readdirSync(folder).filter((name) => name.endsWith(".json")));
  const differing = [...files].filter(
    ([name, text]) => !found.has(name) || readFileSync(join(folder, name), "utf8") !== text,
  );
  return [...differing.map(([name]) => name), ...[...found].filter((name) => !files.has(name))];
}

/** Makes the folder hold exactly the dashboards; answers the names of the files that it changed. */
export function write(folder: string): readonly string[] {
  const changed = drift(folder);
  for (const name of changed) {
    const text = files.get(name);
    if (text === undefined) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  return changed;
}
