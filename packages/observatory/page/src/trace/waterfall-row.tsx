import type { JSX } from "preact";
import type { CriticalPath, SpanMark, SpanView } from "../../../src/api-types.ts";
import { formatNs } from "../format/quantities.ts";
import { serviceColour } from "../format/service-colour.ts";
import { SpanStatus, statusText } from "./span-status.tsx";
import type { Row } from "./visible-rows.ts";

export type Segment = CriticalPath["segments"][number];

export const MARKS: Record<SpanMark, readonly [word: string, why: string]> = {
  "clock-skew": [
    "clocks disagree",
    "It lies outside its parent, which waited for it: the two clocks disagree.",
  ],
  "missing-parent": ["parent missing", "The parent that it names has not arrived."],
  cycle: ["cycle", "It is its own ancestor; drawn as if it were a root."],
  async: ["async", "Nobody waited for it: it is not on the critical path."],
};

const DEEPEST_INDENT = 14;

type RowProps = {
  readonly row: Row;
  readonly totalNs: number;
  readonly segments: readonly Segment[];
  readonly isCause: boolean;
  readonly isChosen: boolean;
  /** Where Tab enters the tree. */
  readonly isStop: boolean;
  readonly onChoose: (spanId: string) => void;
  readonly onOpen: (spanId: string, open: boolean) => void;
};

export function WaterfallRow(props: RowProps): JSX.Element {
  const { row, totalNs, segments, isCause, isChosen, isStop, onChoose, onOpen } = props;
  const { span, open } = row;
  const { spanId, service, name, outcome } = span;
  return (
    <div
      role="treeitem"
      class={`span-row ${serviceColour(service)} outcome-${outcome}${isCause ? " is-cause" : ""}`}
      data-span={spanId}
      tabIndex={isStop ? 0 : -1}
      aria-level={span.depth + 1}
      aria-selected={isChosen}
      aria-expanded={open ?? undefined}
      aria-label={`${service}, ${name}, ${statusText(span)}, ${formatNs(span.durationNs)}`}
      onClick={() => onChoose(isChosen ? "" : spanId)}
    >
      <span class="span-label" style={{ paddingLeft: `${Math.min(span.depth, DEEPEST_INDENT) * 0.7}rem` }}>
        <span
          class={`twisty${open === null ? " twisty-none" : ""}`}
          onClick={(event) => {
            if (open === null) return;
            event.stopPropagation();
            onOpen(spanId, !open);
          }}
        >
          {open === null ? "" : open ? "▾" : "▸"}
        </span>
        <span class="swatch" />
        <span class="span-service">{service}</span>
        <span class="span-name" title={name}>
          {name}
        </span>
      </span>
      <SpanStatus span={span} />
      <Bar span={span} totalNs={totalNs} segments={segments} isCause={isCause} />
    </div>
  );
}

type BarProps = Pick<RowProps, "totalNs" | "segments" | "isCause"> & { readonly span: SpanView };

function Bar({ span, totalNs, segments, isCause }: BarProps): JSX.Element {
  const start = share(span.offsetNs, totalNs);
  const length = share(span.durationNs, totalNs);
  return (
    <span class="span-track">
      <span class="span-bar" style={{ left: start, width: length }} />
      {segments.map(({ startNs, endNs }) => (
        <span
          key={startNs}
          class="span-critical"
          style={{ left: share(startNs, totalNs), width: share(endNs - startNs, totalNs) }}
        />
      ))}
      <span class="span-took" style={tookPlace(span, totalNs)}>
        {formatNs(span.durationNs)}
        {isCause ? <b class="cause-word"> root cause</b> : null}
        {span.marks.map((mark) => (
          <em key={mark} title={MARKS[mark][1]}>
            {" "}
            {MARKS[mark][0]}
          </em>
        ))}
      </span>
    </span>
  );
}

const share = (ns: number, totalNs: number): string => `${((ns / totalNs) * 100).toFixed(3)}%`;

/** Beside the bar, on the side where there is room. */
function tookPlace(
  { offsetNs, durationNs }: SpanView,
  totalNs: number,
): { left: string } | { right: string } {
  const end = (offsetNs + durationNs) / totalNs;
  if (end < 0.72) return { left: `${(end * 100).toFixed(3)}%` };
  if (offsetNs / totalNs > 0.28) return { right: `${(100 - (offsetNs / totalNs) * 100).toFixed(3)}%` };
  return { left: share(offsetNs, totalNs) };
}
