/**
 * Bundles the page into one script and lays its document, style and icon beside it, into `dist/page`.
 * `node packages/observatory/page/build.mjs`
 */
import { join } from "node:path";
import { build } from "esbuild";

const folder = import.meta.dirname;
const sources = join(folder, "..", "public");

await build({
  entryPoints: [
    { in: join(folder, "src", "main.tsx"), out: "page" },
    { in: join(sources, "page.css"), out: "page" },
    { in: join(sources, "index.html"), out: "index" },
    { in: join(sources, "icon.svg"), out: "icon" },
  ],
  outdir: join(folder, "..", "dist", "page"),
  bundle: true,
  platform: "browser",
  format: "esm",
  target: ["chrome117", "firefox119", "safari17.4"],
  jsx: "automatic",
  jsxImportSource: "preact",
  loader: { ".html": "copy", ".svg": "copy" },
  minify: true,
  sourcemap: "linked",
  logLevel: "warning",
});
