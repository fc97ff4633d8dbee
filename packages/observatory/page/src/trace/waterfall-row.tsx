import type { JSX } from "preact";
import { CLOCK_TOLERANCE_MS } from "../../../src/analysis/clock-tolerance.ts";
import type { CriticalPath, SpanMark, SpanView } from "../../../src/api-types.ts";
import { formatNs } from "../format/quantities.ts";
import { serviceColour } from "../format/service-colour.ts";
import { SpanStatus, statusText } from "./span-status.tsx";
import type { Row } from "./visible-rows.ts";

export type Segment = CriticalPath["segments"][number];

export const MARKS: Record<SpanMark, readonly [word: string, why: string]> = {
  "clock-skew": [
    "clocks disagree",
    `It begins more than ${CLOCK_TOLERANCE_MS.early} ms before its parent, or ends more than ${CLOCK_TOLERANCE_MS.late} ms after it, although the parent waited for it: the two clocks disagree.`,
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
  const { spanId, outcome } = span;
  return (
    <div
      role="treeitem"
      class={`span-row ${serviceColour(span.service)} outcome-${outcome}${isCause ? " is-cause" : ""}`}
      data-span={spanId}
      tabIndex={isStop ? 0 : -1}
      aria-level={span.depth + 1}
      aria-selected={isChosen}
      aria-expanded={open ?? undefined}
      aria-label={describe(span, isCause)}
      onClick={() => onChoose(isChosen ? "" : spanId)}
    >
      <span class="span-label" style={{ paddingLeft: `${Math.min(span.depth, DEEPEST_INDENT) * 0.7}rem` }}>
        <span
          class={`twisty${open === null ? "" : open ? " twisty-open" : " twisty-closed"}`}
          onClick={(event) => {
            if (open === null) return;
            event.stopPropagation();
            onOpen(spanId, !open);
          }}
        />
        <span class="swatch" />
        <span class="span-service">{span.service}</span>{" "}
        <span class="span-name" title={span.name}>
          {span.name}
        </span>
      </span>{" "}
      <SpanStatus span={span} /> <Bar span={span} totalNs={totalNs} segments={segments} isCause={isCause} />
    </div>
  );
}

/** What stands in the row, in its order, so that who sees it can say it. */
const describe = (span: SpanView, isCause: boolean): string =>
  [
    span.service,
    span.name,
    statusText(span),
    formatNs(span.durationNs),
    ...(isCause ? ["root cause"] : []),
    ...span.marks.map((mark) => MARKS[mark][0]),
  ].join(", ");

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
