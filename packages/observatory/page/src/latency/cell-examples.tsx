import type { JSX } from "preact";
import { traceHref, tracesHref } from "../frame/address.ts";
import { formatMs } from "../format/quantities.ts";
import { formatMinute } from "../format/time.ts";
import type { ChosenCell } from "./heat-map-panel.tsx";

type CellExamplesProps = {
  readonly chosen: ChosenCell;
  readonly service: string;
  readonly route: string;
  readonly onClose: () => void;
};

export function CellExamples({ chosen, service, route, onClose }: CellExamplesProps): JSX.Element {
  const { cell, startMs, endMs } = chosen;
  const here = cell.examples.filter(({ available }) => available);
  return (
    <section
      class="notice cell-examples"
      aria-label="Example traces"
      data-testid="cell-examples"
      aria-live="polite"
    >
      <p>
        <b>{cell.count}</b> requests of {formatMs(cell.minMs)} to {formatMs(cell.maxMs)} from{" "}
        {formatMinute(startMs)}
        {cell.errors > 0 ? `, ${cell.errors} of them failed` : ""}
      </p>
      {here.length === 0 ? <p class="quiet">Their traces have been evicted by newer ones.</p> : null}
      <p class="actions">
        {here.map(({ traceId, error }) => (
          <a key={traceId} href={traceHref(traceId)}>
            {error ? "◆ failed " : ""}trace {traceId.slice(0, 8)}
          </a>
        ))}
        <a href={tracesHref({ service, route, from: String(startMs), to: String(endMs) })}>
          All of these ten seconds
        </a>
        <button type="button" class="button-link" onClick={onClose}>
          Close
        </button>
      </p>
    </section>
  );
}
