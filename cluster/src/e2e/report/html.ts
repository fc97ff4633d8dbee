import type { Outcome } from "../scenario.ts";
import { escape } from "./escape.ts";
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

function section({ scenario, broken, verdict, reason, figures, timeline }: Outcome): string {
  const rows = Object.entries(figures).map(([name, value]) => `<tr><th>${escape(name)}<td>${escape(value)}`);
  const events = timeline.events.map(
    ({ at, actor, text }) => `<tr><td class="number">${at.toFixed(1)} s<td>${actor}<td>${escape(text)}`,
  );
  return `<section id="${scenario.name}">
<h2><span class="${verdict}">${verdict}</span> ${scenario.name}</h2>
<p>${escape(scenario.title)}.${broken ? ` Broken on purpose: ${escape(broken.title)}.` : ""}${reason === "" ? "" : ` <strong>${escape(reason)}</strong>`}</p>
<table>${rows.join("\n")}</table>
<figure>${plot(timeline)}</figure>
<details><summary>What happened when</summary><table>${events.join("\n")}</table></details>
</section>`;
}

const style = `
:root { color-scheme: light dark; --failed: light-dark(#c8102e, #ff6b7f); --passed: light-dark(#0a7d5a, #35c796); }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.1rem; margin-top: 2.5rem; }
h2 .passed { color: var(--passed); } h2 .failed { color: var(--failed); }
table { border-collapse: collapse; font-size: .85rem; } th, td { text-align: left; padding: .1rem 1rem .1rem 0; vertical-align: top; }
th { font-weight: normal; opacity: .7; } .number { font-variant-numeric: tabular-nums; text-align: right; white-space: nowrap; }
figure { margin: 1rem 0; }
`;
