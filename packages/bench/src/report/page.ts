import { stripVTControlCharacters } from "node:util";
import { escapeHtml } from "./html.ts";

export interface ReportPage {
  title: string;
  subtitle: string;
  /** HTML. */
  sections: readonly string[];
  /** CSS beside the common one. */
  style?: string;
}

/** A report as one file that needs no other: opened from the disk, or sent by mail. */
export const page = ({ title, subtitle, sections, style = "" }: ReportPage): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${commonStyle}${style}</style>
</head>
<body><main>
<h1>${escapeHtml(title)}</h1>
<p class="quiet">${escapeHtml(subtitle)}</p>
${sections.join("\n")}
</main></body>
</html>
`;

/** A report's text as it was printed, below its plots. */
export const printed = (text: string): string =>
  `<h2>In figures</h2><pre>${escapeHtml(stripVTControlCharacters(text))}</pre>`;

/** Plots side by side where there is room. */
export const plots = (figures: readonly string[]): string => `<div class="plots">${figures.join("\n")}</div>`;

const commonStyle = `
  :root { color-scheme: light dark; --paper: #fff; --ink: #1d2126; --quiet: #68707a; --line: #dfe3e8; --accent: #1f6feb; }
  @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --ink: #e6e9ed; --quiet: #98a1ac; --line: #2c3239; --accent: #6ea8fe; } }
  body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
  main { max-width: 62rem; margin: 0 auto; padding: 1.5rem; }
  h1 { font-size: 1.5rem; margin: 0; }
  h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; }
  .quiet { color: var(--quiet); margin: 0.25rem 0 1rem; }
  .plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1.5rem; }
  figure { margin: 0 0 1rem; max-width: 42rem; }
  figcaption { font-weight: 600; margin-bottom: 0.25rem; }
  figure svg { width: 100%; height: auto; overflow: visible; }
  .series-0 { --c: var(--accent); } .series-1 { --c: #d9822b; } .series-2 { --c: #2e9d63; }
  .series-3 { --c: #b8479b; } .series-4 { --c: #8a6fe8; } .series-5 { --c: #7d8590; }
  .line { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
  .grid { stroke: var(--line); }
  .shaded { fill: var(--ink); opacity: 0.08; }
  .bar { fill: var(--accent); }
  .whisker { stroke: var(--ink); stroke-width: 1.5; }
  .tick, .name { font: 11px system-ui, sans-serif; fill: var(--quiet); }
  .name { fill: var(--ink); }
  .legend { margin: 0.25rem 0 0; font-size: 0.85rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; }
  .key::before { content: ""; display: inline-block; width: 0.9em; height: 3px; margin-right: 0.4em; vertical-align: middle; background: var(--c); }
  pre { overflow-x: auto; padding: 1rem; border: 1px solid var(--line); border-radius: 6px; font: 12.5px/1.45 ui-monospace, monospace; }
  input { font: inherit; padding: 0.2rem 0.5rem; border: 1px solid var(--line); border-radius: 4px; background: var(--paper); color: var(--ink); }
`;
