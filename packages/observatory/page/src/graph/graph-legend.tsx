import type { JSX } from "preact";
import { HealthMark } from "../format/health-mark.tsx";

/** Kiali's meanings, so that what is learnt here holds in the cluster. */
export const GraphLegend = (): JSX.Element => (
  <p class="legend">
    <span>
      <svg viewBox="0 0 28 8" aria-hidden="true" class="legend-line">
        <path d="M0 4h28" />
      </svg>
      call
    </span>
    <span>
      <svg viewBox="0 0 28 8" aria-hidden="true" class="legend-line legend-dashed">
        <path d="M0 4h28" />
      </svg>
      queue
    </span>
    <HealthMark health="healthy" />
    <span title="From 0.1 % errors, or 10 % refusals (4xx)">
      <HealthMark health="degraded" /> from 0.1 % errors
    </span>
    <span title="Above 10 % errors, or 20 % refusals (4xx)">
      <HealthMark health="failing" /> above 10 %
    </span>
    <HealthMark health="idle" />
    <span>figures: rate · errors · p95</span>
  </p>
);
