/** Writes what k6 runs in the cluster anew: `node services/loadgenerator/dist/write-k6-scripts.js`. */
import { writeFile } from "node:fs/promises";
import { bundleScript, committedScript, type ScriptName, scripts } from "./node/k6-scripts.ts";

for (const name of Object.keys(scripts) as ScriptName[])
  await writeFile(committedScript(name), await bundleScript(name));
