import type { JSX } from "preact";
import { navigate, withQuery, type Address } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { useTitle } from "../frame/use-title.ts";
import { formatCount } from "../format/quantities.ts";
import { jaegerSearch } from "./jaeger-search.ts";
import { TraceFile } from "./trace-file.tsx";
import { FILTERS, TraceFilters } from "./trace-filters.tsx";
import { TraceTable } from "./trace-table.tsx";
import { useHeldStill } from "./use-held-still.ts";
import { useTraces } from "./use-traces.ts";

const SHOWN = "100";

/** The search for traces; its filters are its address. */
export function TracesView({ address }: { address: Address }): JSX.Element {
  useTitle("Traces");
  const filters = new URLSearchParams([...address.query].filter(([name]) => FILTERS.has(name)));
  const { body, problem } = useTraces(new URLSearchParams([...filters, ["limit", SHOWN]]));
  const { shown, held, holding } = useHeldStill(body, filters.toString());
  const compareWith = address.query.get("compareWith") ?? "";
  return (
    <>
      <div class="view-head">
        <h1>Traces</h1>
        <TraceFile />
      </div>
      <TraceFilters
        key={filters.toString()}
        query={address.query}
        onChange={(changes) => navigate(withQuery(address, changes))}
      />
      {compareWith === "" ? null : (
        <p class="notice">Choose the trace to compare with {compareWith.slice(0, 8)}.</p>
      )}
      <ProblemNotice problem={problem} />
      <Panel
        title="Matching traces"
        cluster={{ tool: "Jaeger", query: jaegerSearch(Object.fromEntries(filters)) }}
      >
        {shown === null ? (
          <p class="quiet">Searching…</p>
        ) : (
          <div {...holding} data-testid="trace-list">
            <p class="quiet">
              {formatCount(shown.matched)} of {formatCount(shown.searched)} traces match
              {shown.matched > shown.traces.length ? `, the newest ${shown.traces.length} are shown` : ""}
              {held ? " · held still while you choose" : ""}
            </p>
            <TraceTable traces={shown.traces} compareWith={compareWith} />
          </div>
        )}
      </Panel>
    </>
  );
}
