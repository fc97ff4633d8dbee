import type { HeatCell, HeatMap } from "../api-types.ts";
import type { Span } from "../otlp/span.ts";
import { createBoundedRegistry } from "./bounded-registry.ts";
import { eventTime } from "./event-time.ts";
import { isEntry, operationOf } from "./operation.ts";
import { outcomeOf } from "./outcome.ts";

const COLUMN_MS = 10_000;
const COLUMNS = 60;
/** Two rows per octave: fine enough to see two modes, coarse enough that a cell has traces. */
const ROWS_PER_OCTAVE = 2;
const EXAMPLES = 3;
const MAX_MAPS = 300;

type Cell = { count: number; errors: number; examples: string[]; failedExamples: string[] };
/** Cells by row; a ring position is valid only for the column it was filled for. */
type Column = { number: number; readonly cells: Map<number, Cell> };

export type HeatMaps = ReturnType<typeof createHeatMaps>;

/** Requests by time and duration, each cell holding the way to a few of its traces. */
export function createHeatMaps({
  now,
  isAvailable,
}: {
  now: () => number;
  isAvailable: (id: string) => boolean;
}) {
  const maps = createBoundedRegistry<Column[]>({ limit: MAX_MAPS, make: () => [] });

  function record(map: string, span: Span): void {
    const number = Math.floor(eventTime(span, now()) / COLUMN_MS);
    const columns = maps.get(map);
    const column = (columns[number % COLUMNS] ??= { number, cells: new Map<number, Cell>() });
    if (column.number !== number) {
      column.number = number;
      column.cells.clear();
    }
    const row = rowOf(span.durationNs);
    const cell = column.cells.get(row) ?? { count: 0, errors: 0, examples: [], failedExamples: [] };
    column.cells.set(row, cell);
    const failed = outcomeOf(span) === "error";
    cell.count += 1;
    cell.errors += Number(failed);
    remember(failed ? cell.failedExamples : cell.examples, span.traceId);
  }

  const cellView = (column: number, row: number, cell: Cell): HeatCell => ({
    column,
    minMs: lowerBoundMs(row),
    maxMs: lowerBoundMs(row + 1),
    count: cell.count,
    errors: cell.errors,
    examples: [
      ...cell.failedExamples.map((traceId) => ({ traceId, available: isAvailable(traceId), error: true })),
      ...cell.examples.map((traceId) => ({ traceId, available: isAvailable(traceId), error: false })),
    ],
  });

  return {
    observe(span: Span): void {
      if (!isEntry(span)) return;
      const { service } = span.resource;
      record(mapName({ service }), span);
      record(mapName({ service, route: operationOf(span) }), span);
      if (span.parentSpanId === "") record(mapName({}), span);
    },

    heatMap(selection: { service?: string; route?: string }): HeatMap {
      const first = Math.floor(now() / COLUMN_MS) - COLUMNS + 1;
      const cells = (maps.find(mapName(selection)) ?? [])
        .filter(({ number }) => number >= first)
        .flatMap(({ number, cells: rows }) =>
          [...rows].map(([row, cell]) => cellView(number - first, row, cell)),
        );
      return { columnMs: COLUMN_MS, firstColumnMs: first * COLUMN_MS, columns: COLUMNS, cells };
    },
  };
}

const mapName = ({ service, route }: { service?: string; route?: string }): string =>
  JSON.stringify([service ?? null, route ?? null]);

const rowOf = (durationNs: number): number =>
  Math.floor(Math.log2(Math.max(durationNs, 1)) * ROWS_PER_OCTAVE);

const lowerBoundMs = (row: number): number => 2 ** (row / ROWS_PER_OCTAVE) / 1e6;

/** The newest ones: they are kept longest. */
function remember(examples: string[], traceId: string): void {
  if (examples.includes(traceId)) return;
  examples.push(traceId);
  if (examples.length > EXAMPLES) examples.shift();
}
