/**
 * Bundles each service, and the telemetry that is loaded before it, into one file. Thousands of small modules take
 * most of a service's start: bundled, a process needs half the CPU time and a third less memory.
 * What is up to date is left alone.
 */
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

// Loaded from node_modules at run time: telemetry hooks itself into pg as it is loaded, which a bundle would hide.
const external = ["pg", "pg-native", "import-in-the-middle", "require-in-the-middle"];

const services = readdirSync("services").filter((name) => existsSync(`services/${name}/src/main.ts`));
const bundles = [
  ["packages/kit/src/telemetry/preload.ts", "packages/kit/dist/telemetry.mjs"],
  ...services.map((name) => [`services/${name}/src/main.ts`, `services/${name}/dist/service.mjs`]),
];

await Promise.all(bundles.filter(([, outfile]) => !isUpToDate(outfile)).map(bundle));

async function bundle([entryPoint, outfile]) {
  const { metafile } = await build({
    entryPoints: [entryPoint],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node24",
    conditions: ["source"],
    external,
    sourcemap: "linked",
    sourcesContent: false,
    metafile: true,
    logLevel: "warning",
    // CommonJS packages inside the bundle call require for Node's own modules.
    banner: {
      js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
    },
  });
  writeFileSync(`${outfile}.inputs.json`, JSON.stringify(Object.keys(metafile.inputs)));
}

function isUpToDate(outfile) {
  const list = `${outfile}.inputs.json`;
  if (!existsSync(outfile) || !existsSync(list)) return false;
  const built = statSync(outfile).mtimeMs;
  const inputs = [...JSON.parse(readFileSync(list, "utf8")), "package-lock.json", "bundle.mjs"];
  return inputs.every((input) => existsSync(input) && statSync(input).mtimeMs < built);
}
