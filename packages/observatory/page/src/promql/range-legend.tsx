import type { JSX } from "preact";
import type { RangeSeries } from "../../../src/api-types.ts";
import { LabelSet } from "./label-set.tsx";
import { lineClass } from "./line-class.ts";
import { formatValue } from "./plot-scale.ts";

/** Which line is which, and what it says at the step that is read. */
export const RangeLegend = ({
  series,
  step,
}: {
  series: readonly RangeSeries[];
  step: number;
}): JSX.Element => (
  <div class="scroll plot-legend" tabIndex={0} role="region" aria-label="Series of the plot">
    <table class="sample-table">
      <thead>
        <tr>
          <th scope="col">Series</th>
          <th scope="col" class="number">
            Value there
          </th>
        </tr>
      </thead>
      <tbody>
        {series.map(({ labels, values }, at) => (
          <tr key={labels.join()}>
            <th scope="row">
              <span class={`legend-key ${lineClass(at)}`} aria-hidden="true" />
              <LabelSet labels={labels} />
            </th>
            <td class="number">{formatValue(values[step] ?? null)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
