import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { Options } from "prettier";
import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import { format } from "prettier/standalone";

const root = join(import.meta.dirname, "../../../..");

/** What k6 runs in the cluster, by the names under which Kustomize finds it: it reads no file outside its folder. */
export const scripts = { "scenario.js": "k6.ts", "verdict.js": "k6-verdict.ts" } as const;
export type ScriptName = keyof typeof scripts;

export const committedScript = (name: ScriptName): string => join(root, "base/loadtest/script", name);

/** A script and all that it imports as the one file that a ConfigMap can hold, formatted to be read. */
export async function bundleScript(name: ScriptName): Promise<string> {
  const source = `services/loadgenerator/src/${scripts[name]}`;
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [source],
    bundle: true,
    write: false,
    format: "esm",
    target: "es2023",
    charset: "utf8",
    external: ["k6", "k6/*"],
  });
  const bundled = outputFiles[0]?.text ?? "";
  const header = `// Made of ${source} by \`node services/loadgenerator/dist/write-k6-scripts.js\`.\n`;
  const style = JSON.parse(await readFile(join(root, ".prettierrc.json"), "utf8")) as Options;
  return format(header + bundled, { ...style, parser: "babel", plugins: [babel, estree] });
}
