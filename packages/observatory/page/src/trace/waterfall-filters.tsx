import type { JSX } from "preact";
import type { SpanView, TraceDetail } from "../../../src/api-types.ts";

export type SpanSelection = { readonly text: string; readonly only: "all" | "path" | "errors" };

type WaterfallFiltersProps = {
  readonly selection: SpanSelection;
  readonly onChange: (selection: SpanSelection) => void;
  readonly showPath: boolean;
  readonly onShowPath: (show: boolean) => void;
  readonly shown: number;
  readonly all: number;
};

export function WaterfallFilters(props: WaterfallFiltersProps): JSX.Element {
  const { selection, onChange, showPath, onShowPath, shown, all } = props;
  return (
    <div class="options" role="group" aria-label="Spans to show">
      <label>
        Find
        <input
          type="search"
          value={selection.text}
          placeholder="service, name or key=value"
          onInput={({ currentTarget }) => onChange({ ...selection, text: currentTarget.value })}
        />
      </label>
      <label>
        Show
        <select
          value={selection.only}
          onChange={({ currentTarget }) => onChange({ ...selection, only: toOnly(currentTarget.value) })}
        >
          <option value="all">all spans</option>
          <option value="path">the critical path</option>
          <option value="errors">failures</option>
        </select>
      </label>
      <label>
        <input type="checkbox" checked={showPath} onChange={() => onShowPath(!showPath)} />
        Critical path
      </label>
      <span class="quiet" role="status">
        {shown === all ? `${all} spans` : `${shown} of ${all} spans`}
      </span>
    </div>
  );
}

const toOnly = (value: string): SpanSelection["only"] =>
  value === "path" || value === "errors" ? value : "all";

/** Those that match, and their ancestors, without which a depth would mean nothing. */
export function selectSpans({ spans, criticalPath }: TraceDetail, { text, only }: SpanSelection): SpanView[] {
  const onPath = new Set(criticalPath?.segments.map(({ spanId }) => spanId));
  const wanted = text.trim().toLowerCase();
  const matches = (span: SpanView): boolean =>
    (only === "all" ||
      (only === "path" ? onPath.has(span.spanId) : span.outcome !== "ok" || span.status === "error")) &&
    (wanted === "" || mentions(span, wanted));

  const kept = new Set<SpanView>();
  const above: SpanView[] = [];
  for (const span of spans) {
    above.length = Math.min(above.length, span.depth);
    above.push(span);
    if (matches(span)) for (const ancestor of above) kept.add(ancestor);
  }
  return spans.filter((span) => kept.has(span));
}

const mentions = ({ service, name, attributes }: SpanView, wanted: string): boolean =>
  service.toLowerCase().includes(wanted) ||
  name.toLowerCase().includes(wanted) ||
  attributes.some(([key, value]) => `${key}=${value}`.toLowerCase().includes(wanted));
