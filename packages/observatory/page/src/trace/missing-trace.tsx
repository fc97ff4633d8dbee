import type { JSX } from "preact";
import type { ApiProblem } from "../live/api.ts";

export function MissingTrace({
  traceId,
  problem,
}: {
  traceId: string;
  problem: ApiProblem | null;
}): JSX.Element {
  return (
    <section class="empty">
      <h1>Trace {traceId.slice(0, 8)}</h1>
      {problem === null ? <p class="quiet">Asking…</p> : <p role="status">{problem.message}</p>}
      {problem?.evicted === true ? <span class="badge">evicted</span> : null}
      {problem !== null && !problem.evicted ? <p class="quiet">Looking again every second.</p> : null}
      <p>
        <a href="/traces">All traces</a>
      </p>
    </section>
  );
}
