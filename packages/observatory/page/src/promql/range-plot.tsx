import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { RangeAnswer } from "../../../src/api-types.ts";
import { formatMinute } from "../format/time.ts";
import { lineClass } from "./line-class.ts";
import { formatValue, scaleOf, type Scale } from "./plot-scale.ts";

const WIDTH = 900;
const HEIGHT = 240;
const PLOT = { left: 58, right: WIDTH - 12, top: 10, bottom: HEIGHT - 24 };
const TIMES = 4;

type RangePlotProps = {
  readonly answer: RangeAnswer;
  readonly step: number;
  readonly onStep: (step: number) => void;
};

/** A line for each series. What it shows stands in the table below, too, where the slider reads it. */
export function RangePlot({ answer, step, onStep }: RangePlotProps): JSX.Element {
  const { fromMs, toMs, stepMs, series } = answer;
  const last = Math.floor((toMs - fromMs) / stepMs);
  const scale = useMemo(() => scaleOf(series.flatMap(({ values }) => values)), [series]);
  const paths = useMemo(() => series.map(({ values }) => pathOf(values, last, scale)), [series, last, scale]);

  function onPointerMove({ clientX, currentTarget }: PointerEvent): void {
    if (!(currentTarget instanceof SVGSVGElement)) return;
    const { left, width } = currentTarget.getBoundingClientRect();
    const x = ((clientX - left) / width) * WIDTH;
    onStep(Math.max(0, Math.min(last, Math.round(((x - PLOT.left) / (PLOT.right - PLOT.left)) * last))));
  }

  return (
    <svg
      class="range-plot"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${series.length} series from ${formatMinute(fromMs)} to ${formatMinute(toMs)}, between ${formatValue(scale.min)} and ${formatValue(scale.max)}`}
      onPointerMove={onPointerMove}
    >
      {scale.ticks.map((tick) => (
        <g key={tick} transform={`translate(0 ${yOf(tick, scale)})`}>
          <path class="plot-grid" d={`M${PLOT.left} 0H${PLOT.right}`} />
          <text class="axis" x={PLOT.left - 6} y="4">
            {formatValue(tick)}
          </text>
        </g>
      ))}
      {Array.from({ length: TIMES }, (_, at) => (
        <text key={at} class="axis axis-time" x={xOf((at / TIMES) * last, last)} y={HEIGHT - 6}>
          {formatMinute(fromMs + (at / TIMES) * (toMs - fromMs))}
        </text>
      ))}
      {paths.map((path, at) => (
        <path key={at} class={`plot-line ${lineClass(at)}`} d={path} />
      ))}
      <path class="plot-cursor" d={`M${xOf(step, last)} ${PLOT.top}V${PLOT.bottom}`} />
    </svg>
  );
}

/** A gap where there is no sample; a point alone is a short stroke. */
function pathOf(values: readonly (number | null)[], last: number, scale: Scale): string {
  let path = "";
  let drawing = false;
  for (const [at, value] of values.entries()) {
    if (value === null) {
      drawing = false;
      continue;
    }
    path += `${drawing ? "L" : "M"}${xOf(at, last).toFixed(1)} ${yOf(value, scale).toFixed(1)}${drawing ? "" : "h0.5"}`;
    drawing = true;
  }
  return path;
}

const xOf = (step: number, last: number): number =>
  PLOT.left + (last === 0 ? 1 : step / last) * (PLOT.right - PLOT.left);

const yOf = (value: number, { min, max }: Scale): number =>
  PLOT.bottom - ((value - min) / (max - min)) * (PLOT.bottom - PLOT.top);
