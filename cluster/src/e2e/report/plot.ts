import type { Sample, Timeline } from "../timeline.ts";
import { escape } from "./escape.ts";

const size = { width: 860, height: 284, left: 44, right: 44, top: 36, bottom: 28 };
const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };
/** Of each metric of an analysis, below the rest. */
const lane = { height: 26, name: 11, dots: 19, dot: 3 };
const legend = [
  ["requests", "requests/s"],
  ["failed", "failed requests/s"],
  ["weight", "canary weight"],
  ["git", "push"],
  ["analysis", "analysis that failed"],
] as const;

/**
 * A scenario over time, as an SVG that needs nothing else: requests and failures as areas, the canary's weight as steps,
 * what happened as marks, and below a lane for each metric with a dot for each measurement.
 */
export function plot(timeline: Timeline): string {
  const metrics = [...new Set(timeline.measurements.map(({ metric }) => metric))];
  const height = size.height + metrics.length * lane.height;
  const requests = timeline.series.get("requests/s") ?? [];
  const failed = timeline.series.get("failed requests/s") ?? [];
  const weight = timeline.series.get("canary weight %") ?? [];
  const end = Math.max(1, timeline.events.at(-1)?.at ?? 0, requests.at(-1)?.at ?? 0);
  const most = Math.max(1, ...requests.map(({ value }) => value));
  const x = (at: number) => size.left + (at / end) * inner.width;
  const y = (share: number) => size.top + (1 - share) * inner.height;
  const perSecond = ({ at, value }: Sample) => `${x(at).toFixed(1)},${y(value / most).toFixed(1)}`;
  const area = (samples: readonly Sample[]) =>
    samples.length === 0
      ? ""
      : `${x(samples[0]?.at ?? 0)},${y(0)} ${samples.map(perSecond).join(" ")} ${x(samples.at(-1)?.at ?? 0)},${y(0)}`;
  const marks = timeline.events.filter(({ actor }) => actor === "git" || actor === "analysis");
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="timeline" viewBox="0 0 ${size.width} ${height}" role="img" aria-label="Requests, failures, canary weight and analysis over time">`,
    `<style>${style}</style>`,
    ...legend.map(
      ([name, text], index) =>
        `<g class="legend ${name}" transform="translate(${size.left + index * 150} 14)"><line x2="18"/><text x="24" y="4">${text}</text></g>`,
    ),
    `<polygon class="requests" points="${area(requests)}"/>`,
    `<polygon class="failed" points="${area(failed)}"/>`,
    `<polyline class="weight" points="${steps(weight, end, x, y)}"/>`,
    ...marks.map(
      ({ at, actor, text }) =>
        `<line class="mark ${actor}" x1="${x(at).toFixed(1)}" x2="${x(at).toFixed(1)}" y1="${y(1)}" y2="${y(0)}"><title>${escape(text)}</title></line>`,
    ),
    `<line class="axis" x1="${size.left}" x2="${size.width - size.right}" y1="${y(0)}" y2="${y(0)}"/>`,
    ...ticks(end).map(
      (at) => `<text x="${x(at).toFixed(1)}" y="${size.height - 8}" text-anchor="middle">${at} s</text>`,
    ),
    `<text x="4" y="${y(1) + 10}">${most.toFixed(0)}/s</text>`,
    `<text x="${size.width - 4}" y="${y(1) + 10}" text-anchor="end">100 %</text>`,
    ...metrics.map((metric, index) => {
      const top = size.height + index * lane.height;
      const dots = timeline.measurements
        .filter((each) => each.metric === metric)
        .map(
          ({ at, verdict, value }) =>
            `<circle class="${verdict}" cx="${x(at).toFixed(1)}" cy="${top + lane.dots}" r="${lane.dot}"><title>${escape(`${metric} ${value}`)}</title></circle>`,
        );
      return `<text x="${size.left}" y="${top + lane.name}" class="lane">${escape(metric)}</text>${dots.join("")}`;
    }),
    "</svg>",
  ].join("\n");
}

const style = `
.timeline { --requests: #8fabd0; --failed: #c8102e; --weight: #0a7d5a; --quiet: #8888; --text: #222; font: 11px system-ui, sans-serif; width: 100%; }
@media (prefers-color-scheme: dark) { .timeline { --failed: #ff6b7f; --weight: #35c796; --text: #ddd; } }
.timeline text { fill: var(--text); } .timeline .lane { opacity: .6; }
.timeline polygon.requests { fill: var(--requests); opacity: .6; } .timeline polygon.failed { fill: var(--failed); }
.timeline polyline.weight { fill: none; stroke: var(--weight); stroke-width: 2; } .timeline .axis { stroke: var(--quiet); }
.timeline .mark.git, .timeline .legend.git line { stroke: var(--text); stroke-dasharray: 2 2; stroke-width: 1; }
.timeline .mark.analysis, .timeline .legend.analysis line { stroke: var(--failed); stroke-dasharray: 4 3; stroke-width: 1; }
.timeline .legend line { stroke-width: 4; } .timeline .legend.requests line { stroke: var(--requests); }
.timeline .legend.failed line { stroke: var(--failed); } .timeline .legend.weight line { stroke: var(--weight); }
.timeline circle.passed { fill: var(--weight); } .timeline circle.failed { fill: var(--failed); }
.timeline circle.error { fill: none; stroke: var(--failed); }
`;

/** A weight holds until the next one. */
function steps(
  samples: readonly Sample[],
  end: number,
  x: (at: number) => number,
  y: (share: number) => number,
): string {
  let before = 0;
  const points = samples.flatMap(({ at, value }) => {
    const pair = [`${x(at)},${y(before / 100)}`, `${x(at)},${y(value / 100)}`];
    before = value;
    return pair;
  });
  return [`${x(0)},${y(0)}`, ...points, `${x(end)},${y(before / 100)}`].join(" ");
}

function ticks(end: number): number[] {
  const distance = [10, 20, 30, 60, 120, 300].find((each) => end / each <= 9) ?? 600;
  return Array.from({ length: Math.floor(end / distance) + 1 }, (_, index) => index * distance);
}
