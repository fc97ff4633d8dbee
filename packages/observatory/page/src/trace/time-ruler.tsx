import type { JSX } from "preact";
import { formatNs } from "../format/quantities.ts";

const TICKS = [0, 0.25, 0.5, 0.75, 1];

export const TimeRuler = ({ totalNs }: { totalNs: number }): JSX.Element => (
  <div class="ruler" aria-hidden="true">
    <span class="ruler-name">Service and span</span>
    <span class="ruler-ticks">
      {TICKS.map((tick) => (
        <span key={tick} style={{ left: `${tick * 100}%` }}>
          {formatNs(tick * totalNs)}
        </span>
      ))}
    </span>
  </div>
);
