import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PinnedTool } from "./pinned-tools.ts";

/** The version that `tools/<name>` pins, as it is written there: `v5.8.1`, `1.32.0`. */
export async function pinnedVersion(root: string, name: string, tool: PinnedTool): Promise<string> {
  const file = join(root, "tools", name, tool.language === "go" ? "go.mod" : "requirements.txt");
  const lines = (await readFile(file, "utf8"))
    .split("\n")
    .map((line) => line.replace(/^require /, "").trim());
  const [prefix, separator] = tool.language === "go" ? [tool.module, " "] : [name, "=="];
  const version = lines
    .find((line) => line.startsWith(prefix + separator))
    ?.slice(prefix.length + separator.length)
    .split(" ")[0];
  if (!version) throw new Error(`${file} does not pin ${prefix}`);
  return version;
}
