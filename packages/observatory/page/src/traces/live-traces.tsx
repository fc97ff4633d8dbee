import type { JSX } from "preact";
import { useLive } from "../live/live-feed.ts";
import { TraceTable } from "./trace-table.tsx";
import { useHeldStill } from "./use-held-still.ts";

/** The newest traces of the snapshot, held still while somebody is about to choose one. */
export function LiveTraces(): JSX.Element {
  const { snapshot } = useLive();
  const { shown, held, holding } = useHeldStill(snapshot?.traces ?? []);
  return (
    <div {...holding} data-testid="live-traces">
      <p class="quiet held-note">{held ? "Held still while you choose" : "New ones arrive at the top"}</p>
      <TraceTable traces={shown} compact />
      <p>
        <a href="/traces">Search all traces</a>
      </p>
    </div>
  );
}
