import color from "picocolors";
import type { MallEvent } from "./mall-event.ts";

type Output = Pick<NodeJS.WriteStream, "write" | "isTTY" | "rows" | "columns">;

export interface Progress {
  show(event: MallEvent): void;
  /** The block of lines stands still from here on; what happens later is appended. */
  finish(): void;
}

/** Tells what happens to the processes: on a terminal a line each that is rewritten, elsewhere a line per event. */
export function createProgress(names: readonly string[], output: Output): Progress {
  const rewrites = output.isTTY && names.length + 6 < output.rows;
  const states = new Map(names.map((name) => [name, color.dim("waiting")]));
  let drawn = 0;
  let finished = !rewrites;

  function draw(): void {
    const width = Math.max(...names.map((name) => name.length));
    erase();
    for (const [name, state] of states) output.write(`  ${name.padEnd(width)}  ${state}\n`);
    drawn = states.size;
  }

  function erase(): void {
    if (drawn > 0) output.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  }

  return {
    show(event) {
      if (finished) {
        output.write(`${sentence(event)}\n`);
        return;
      }
      if (event.type === "died") {
        erase();
        output.write(`${sentence(event)}\n`);
      }
      states.set(event.name, describe(event));
      draw();
    },
    finish() {
      finished = true;
    },
  };
}

function describe(event: MallEvent): string {
  if (event.type === "ready") return `${color.green("ready")} ${color.dim(seconds(event.afterMs))}`;
  return { starting: color.yellow, died: color.red, stopped: color.dim }[event.type](event.type);
}

function sentence(event: MallEvent): string {
  if (event.type !== "died") return `${event.name} ${describe(event)}`;
  const { name, reason, lastLines, restartInMs } = event;
  const next = restartInMs === undefined ? "it stays down" : `restarting in ${seconds(restartInMs)}`;
  const said = lastLines.map((line) => `\n    ${color.dim(line.slice(0, 300))}`).join("");
  return `${name} ${color.red("died")} (${reason}), ${next}${said}`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
