import type { JSX } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { CriticalPath, SpanView } from "../../../src/api-types.ts";
import { TimeRuler } from "./time-ruler.tsx";
import { visibleRows } from "./visible-rows.ts";
import { WaterfallRow, type Segment } from "./waterfall-row.tsx";

type WaterfallProps = {
  readonly spans: readonly SpanView[];
  readonly durationMs: number;
  readonly path: CriticalPath | null;
  /** The span of the root cause. */
  readonly cause: string | null;
  readonly chosen: string;
  readonly onChoose: (spanId: string) => void;
};

/** A tree of spans over time. One stop for Tab; within it, arrows move, open and close as in any tree. */
export function Waterfall({ spans, durationMs, path, cause, chosen, onChoose }: WaterfallProps): JSX.Element {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState(chosen);
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => visibleRows(spans, closed), [spans, closed]);
  const segments = useMemo(
    () => Map.groupBy<string, Segment>(path?.segments ?? [], ({ spanId }) => spanId),
    [path],
  );
  const stop = rows.some(({ span }) => span.spanId === at) ? at : (rows[0]?.span.spanId ?? "");
  const totalNs = Math.max(durationMs * 1e6, 1);

  useEffect(() => {
    if (chosen === "") return;
    setAt(chosen);
    rowOf(tree.current, chosen)?.scrollIntoView({ block: "nearest" });
  }, [chosen]);

  function setOpen(spanId: string, open: boolean): void {
    const next = new Set(closed);
    if (open) next.delete(spanId);
    else next.add(spanId);
    setClosed(next);
  }

  function moveTo(index: number): void {
    const next = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (next === undefined) return;
    setAt(next.span.spanId);
    rowOf(tree.current, next.span.spanId)?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const index = rows.findIndex(({ span }) => span.spanId === stop);
    const row = rows[index];
    if (row === undefined) return;
    const act = keyAction(event.key, row.open);
    if (act === null) return;
    event.preventDefault();
    if (act === "choose") onChoose(row.span.spanId === chosen ? "" : row.span.spanId);
    else if (act === "close" || act === "open") setOpen(row.span.spanId, act === "open");
    else if (act === "parent") moveTo(row.parent ?? index);
    else moveTo(act === "first" ? 0 : act === "last" ? rows.length - 1 : index + act);
  }

  return (
    <div class={`waterfall${rows.length > LONG ? " long" : ""}`}>
      <TimeRuler totalNs={totalNs} />
      <div role="tree" aria-label="Spans" ref={tree} onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <WaterfallRow
            key={row.span.spanId}
            row={row}
            totalNs={totalNs}
            segments={segments.get(row.span.spanId) ?? NONE}
            isCause={row.span.spanId === cause}
            isChosen={row.span.spanId === chosen}
            isStop={row.span.spanId === stop}
            onChoose={onChoose}
            onOpen={setOpen}
          />
        ))}
      </div>
      {rows.length === 0 ? <p class="quiet">No span matches.</p> : null}
    </div>
  );
}

/** From here on rows that are out of sight are not laid out. */
const LONG = 300;
const NONE: readonly Segment[] = [];

type Action = "choose" | "open" | "close" | "parent" | "first" | "last" | 1 | -1;

/** @param open null for a row without children */
function keyAction(key: string, open: boolean | null): Action | null {
  switch (key) {
    case "ArrowDown":
      return 1;
    case "ArrowUp":
      return -1;
    case "ArrowRight":
      return open === false ? "open" : 1;
    case "ArrowLeft":
      return open === true ? "close" : "parent";
    case "Home":
      return "first";
    case "End":
      return "last";
    case "Enter":
    case " ":
      return "choose";
    default:
      return null;
  }
}

/** Ids are compared, not put into a selector: they come from outside. */
const rowOf = (tree: HTMLElement | null, spanId: string): HTMLElement | undefined =>
  [...(tree?.querySelectorAll<HTMLElement>("[data-span]") ?? [])].find(
    (row) => row.dataset["span"] === spanId,
  );
