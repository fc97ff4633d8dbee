import type { JSX } from "preact";
import type { Health } from "../../../src/api-types.ts";

/** A shape for each state, so that colour is not needed to tell them apart. Drawn around 0,0. */
const SHAPES: Record<Health, JSX.Element> = {
  healthy: <circle r="4.5" />,
  degraded: <path d="M0-5.5 5.5 4.5h-11Z" />,
  failing: <path d="M0-6 6 0 0 6-6 0Z" />,
  idle: <circle r="4" class="mark-hollow" />,
};

export const HealthShape = ({ health }: { health: Health }): JSX.Element => (
  <g class={`mark mark-${health}`}>{SHAPES[health]}</g>
);

export const HealthMark = ({ health }: { health: Health }): JSX.Element => (
  <span class={`health health-${health}`}>
    <svg viewBox="-7 -7 14 14" aria-hidden="true">
      <HealthShape health={health} />
    </svg>
    {health}
  </span>
);
