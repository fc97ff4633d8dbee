import type { Outcome } from "../scenario.ts";
import { plot } from "./plot.ts";

/** One page without scripts or anything from elsewhere. */
export function htmlReport(outcomes: readonly Outcome[]): string {
  const passed = outcomes.filter(({ verdict }) => verdict === "passed").length;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Delivery on the real controllers</title>
<style>${style}</style>
<h1>Delivery on the real controllers</h1>
<p>${passed} of ${outcomes.length} scenarios passed.</p>
${outcomes.map(section).join("\n")}
</html>
`;
}

function section({ scenario, verdict, reason, figures, timeline }: Outcome): string {
  const rows = Object.entries(figures).map(([name, value]) => `<tr><th>${escape(name)}<td>${escape(value)}`);
  const events = timeline.events.map(
    ({ at, actor, text }) => `<tr><td class="number">${at.toFixed(1)} s<td>${actor}<td>${escape(text)}`,
  );
  return `<section id="${scenario.name}">
<h2><span class="${verdict}">${verdict}</span> ${scenario.name}</h2>
<p>${escape(scenario.title)}.${reason === "" ? "" : ` <strong>${escape(reason)}</strong>`}</p>
<table>${rows.join("\n")}</table>
<figure>${plot(timeline)}
<figcaption><span class="requests">requests</span> <span class="failed">failed requests</span> <span class="weight">canary weight</span> <span class="git">push</span> <span class="analysis">analysis</span></figcaption></figure>
<details><summary>What happened when</summary><table>${events.join("\n")}</table></details>
</section>`;
}

const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const style = `
:root { color-scheme: light dark; --requests: #b7c9e2; --failed: #c8102e; --weight: #0a7d5a; --quiet: #8886; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin-top: 2.5rem; }
.passed { color: var(--weight); } h2 .failed { color: var(--failed); }
table { border-collapse: collapse; font-size: .85rem; } th, td { text-align: left; padding: .1rem 1rem .1rem 0; vertical-align: top; }
th { font-weight: normal; opacity: .7; } .number { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
figure { margin: 1rem 0; } svg { width: 100%; font-size: 11px; fill: currentColor; }
polygon.requests { fill: var(--requests); opacity: .7; } polygon.failed { fill: var(--failed); }
polyline.weight { fill: none; stroke: var(--weight); stroke-width: 2; } .axis, .mark { stroke: var(--quiet); }
.mark.git { stroke: currentColor; stroke-dasharray: 2 2; } .mark.analysis { stroke: var(--failed); stroke-dasharray: 4 3; }
figcaption { font-size: .8rem; } figcaption span { margin-right: 1rem; border-bottom: 3px solid; }
figcaption .requests { border-color: var(--requests); } figcaption .failed { border-color: var(--failed); }
figcaption .weight { border-color: var(--weight); } figcaption .analysis { border-color: var(--failed); border-style: dashed; }
`;
