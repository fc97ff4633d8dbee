import type { Sample, Timeline } from "../timeline.ts";

const size = { width: 860, height: 260, left: 44, right: 44, top: 12, bottom: 28 };
const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };

/** A scenario over time: requests and failures as areas, the canary's weight as steps, what happened as marks. */
export function plot(timeline: Timeline): string {
  const end = Math.max(1, timeline.now());
  const requests = timeline.series.get("requests/s") ?? [];
  const failed = timeline.series.get("failed requests/s") ?? [];
  const weight = timeline.series.get("canary weight %") ?? [];
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
    `<svg viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="Requests, failures and canary weight over time">`,
    `<polygon class="requests" points="${area(requests)}"/>`,
    `<polygon class="failed" points="${area(failed)}"/>`,
    `<polyline class="weight" points="${steps(weight, end, x, y)}"/>`,
    ...marks.map(
      ({ at, actor }) =>
        `<line class="mark ${actor}" x1="${x(at)}" x2="${x(at)}" y1="${y(1)}" y2="${y(0)}"/>`,
    ),
    `<line class="axis" x1="${size.left}" x2="${size.width - size.right}" y1="${y(0)}" y2="${y(0)}"/>`,
    ...ticks(end).map(
      (at) => `<text x="${x(at)}" y="${size.height - 8}" text-anchor="middle">${at} s</text>`,
    ),
    `<text x="4" y="${y(1) + 10}">${most}/s</text>`,
    `<text class="of-weight" x="${size.width - 4}" y="${y(1) + 10}" text-anchor="end">100 %</text>`,
    "</svg>",
  ].join("\n");
}

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
