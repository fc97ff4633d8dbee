import type { JSX } from "preact";
import type { ServiceRow } from "../../../src/api-types.ts";
import { formatMs, formatRate, formatShare } from "../format/quantities.ts";
import { Sparkline } from "./sparkline.tsx";

/** The median is for where there is room. */
type Median = { readonly median?: boolean };

export const RedHead = ({ median = false }: Median): JSX.Element => (
  <>
    <th scope="col" class="number">
      Rate
    </th>
    <th scope="col" class="number">
      Errors
    </th>
    <th scope="col" class="number">
      p95
    </th>
    {median ? (
      <th scope="col" class="number">
        p50
      </th>
    ) : null}
  </>
);

/** The figure of the last half minute beside its last ten minutes. */
export function RedCells({
  row,
  median = false,
}: Median & { row: Pick<ServiceRow, "stats" | "sparkline"> }): JSX.Element {
  const { stats, sparkline } = row;
  return (
    <>
      <td class="number with-line">
        <Sparkline points={sparkline.rate} kind="rate" label="Rate over ten minutes" />
        <span>{formatRate(stats.rate)}</span>
      </td>
      <td class="number with-line">
        <Sparkline points={sparkline.errorShare} kind="errors" label="Share of errors over ten minutes" />
        <span class={stats.errorShare > 0 ? "wrong" : undefined}>{formatShare(stats.errorShare)}</span>
      </td>
      <td class="number with-line">
        <Sparkline points={sparkline.p95Ms} kind="duration" label="95th percentile over ten minutes" />
        <span>{formatMs(stats.p95Ms)}</span>
      </td>
      {median ? <td class="number">{formatMs(stats.p50Ms)}</td> : null}
    </>
  );
}
