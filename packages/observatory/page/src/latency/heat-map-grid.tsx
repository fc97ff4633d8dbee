import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { HeatCell, HeatMap } from "../../../src/api-types.ts";
import { formatMs } from "../format/quantities.ts";
import { formatMinute } from "../format/time.ts";
import { arrangeRows, neighbour } from "./heat-map-rows.ts";
import type { ChosenCell } from "./heat-map-panel.tsx";

const CELL = { width: 15, height: 17 };
const LEFT = 62;
const BOTTOM = 20;
const SHADES = 6;

type GridProps = {
  readonly map: HeatMap;
  readonly chosen: ChosenCell | null;
  readonly onChoose: (chosen: ChosenCell) => void;
};

/** Time to the right, duration upwards; the more requests the darker, and a diamond where some of them failed. */
export function HeatMapGrid({ map, chosen, onChoose }: GridProps): JSX.Element {
  const [at, setAt] = useState<string | null>(null);
  const drawing = useRef<SVGSVGElement>(null);
  if (map.cells.length === 0) return <p class="quiet">No request in the last ten minutes.</p>;

  const rows = arrangeRows(map.cells);
  const most = Math.max(...map.cells.map(({ count }) => count));
  const width = LEFT + map.columns * CELL.width + 4;
  const height = rows.length * CELL.height + BOTTOM;
  const timeOf = (column: number): number => map.firstColumnMs + column * map.columnMs;
  const keyOf = (cell: HeatCell): string => `${timeOf(cell.column)} ${cell.minMs}`;
  const stop = map.cells.some((cell) => keyOf(cell) === at) ? at : keyOf(latest(map.cells));
  const choose = (cell: HeatCell): void =>
    onChoose({ cell, startMs: timeOf(cell.column), endMs: timeOf(cell.column + 1) });

  function onKeyDown(event: KeyboardEvent, cell: HeatCell): void {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(cell);
      return;
    }
    const next = neighbour(map.cells, cell, event.key);
    if (next === null) return;
    event.preventDefault();
    setAt(keyOf(next));
    const cells = [...(drawing.current?.querySelectorAll<SVGElement>("[data-cell]") ?? [])];
    cells.find((element) => element.dataset["cell"] === keyOf(next))?.focus();
  }

  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Heat map, scrolls sideways">
      <svg
        class="heat-map"
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-label="Requests by time and duration. Arrow keys move between cells, Enter shows example traces."
        ref={drawing}
      >
        {rows.map(({ minMs }, row) => (
          <text key={minMs} class="axis" x={LEFT - 6} y={rowTop(rows.length, row) + CELL.height}>
            {row % 2 === 0 ? formatMs(minMs) : ""}
          </text>
        ))}
        {[0, 15, 30, 45].map((column) => (
          <text key={column} class="axis axis-time" x={LEFT + column * CELL.width} y={height - 6}>
            {formatMinute(timeOf(column))}
          </text>
        ))}
        {map.cells.map((cell) => {
          const row = rows.findIndex(({ minMs }) => minMs === cell.minMs);
          const x = LEFT + cell.column * CELL.width;
          const y = rowTop(rows.length, row);
          const isChosen = chosen !== null && keyOf(cell) === `${chosen.startMs} ${chosen.cell.minMs}`;
          return (
            <g
              key={keyOf(cell)}
              class={`cell shade-${shadeOf(cell.count, most)}${isChosen ? " chosen" : ""}`}
              role="button"
              tabindex={keyOf(cell) === stop ? 0 : -1}
              data-cell={keyOf(cell)}
              aria-label={describe(cell, timeOf(cell.column))}
              onClick={() => choose(cell)}
              onKeyDown={(event) => onKeyDown(event, cell)}
            >
              <title>{describe(cell, timeOf(cell.column))}</title>
              <rect x={x} y={y} width={CELL.width - 1} height={CELL.height - 1} rx="2" />
              {cell.errors === 0 ? null : (
                <path d="M0-4.5 4.5 0 0 4.5-4.5 0Z" transform={`translate(${x + 7} ${y + 8})`} />
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

/** The lowest duration at the bottom. */
const rowTop = (rows: number, row: number): number => (rows - 1 - row) * CELL.height;

const shadeOf = (count: number, most: number): number =>
  Math.max(1, Math.ceil((Math.log(count + 1) / Math.log(most + 1)) * SHADES));

const latest = (cells: readonly HeatCell[]): HeatCell =>
  cells.reduce((last, cell) => (cell.column >= last.column ? cell : last));

const describe = ({ count, errors, minMs, maxMs }: HeatCell, startMs: number): string =>
  `${formatMinute(startMs)}, ${formatMs(minMs)} to ${formatMs(maxMs)}: ${count} requests` +
  (errors === 0 ? "" : `, ${errors} failed`);
