import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Differences, RequestStats, Services } from "../../../src/api-types.ts";
import { Panel } from "../frame/panel.tsx";
import { ProblemNotice } from "../frame/problem-notice.tsx";
import { formatMs } from "../format/quantities.ts";
import { jaegerSearch } from "../traces/jaeger-search.ts";
import { useLive } from "../live/live-feed.ts";
import { useAnswer } from "../live/use-answer.ts";
import { DifferenceTable } from "./difference-table.tsx";

type DifferencesPanelProps = { readonly service: string; readonly route: string };

/** "What differs in the slow ones": attributes that they have more often than the others of their kind. */
export function DifferencesPanel({ service, route }: DifferencesPanelProps): JSX.Element {
  const usualP95 = useUsualP95(service, route);
  const [limit, setLimit] = useState("");
  const [failedInstead, setFailedInstead] = useState(false);
  const minMs = limit === "" ? (usualP95 ?? "") : limit;
  const selection: Record<string, string> = failedInstead ? { errors: "true" } : { minMs };
  const ready = failedInstead || minMs !== "";
  const address = ready
    ? `/api/differences?${new URLSearchParams({ service, route, ...selection }).toString()}`
    : null;
  const { body, problem, reload } = useAnswer<Differences>(address);

  return (
    <Panel
      title="What differs in the slow ones"
      cluster={{ tool: "Jaeger", query: jaegerSearch({ service, route, ...selection }) }}
      actions={
        <div class="options" role="group" aria-label="Which traces to look at">
          <label>
            At least, ms
            <input
              type="number"
              min="0"
              step="any"
              value={minMs}
              disabled={failedInstead}
              onChange={({ currentTarget }) => setLimit(currentTarget.value)}
            />
          </label>
          <label>
            <input
              type="checkbox"
              checked={failedInstead}
              onChange={() => setFailedInstead(!failedInstead)}
            />
            The failed ones instead
          </label>
          <button type="button" class="button button-quiet" onClick={reload}>
            Look again
          </button>
        </div>
      }
    >
      <ProblemNotice problem={problem} />
      {body === null ? (
        <p class="quiet">{ready ? "Comparing…" : "Waiting for a first percentile…"}</p>
      ) : (
        <DifferenceTable
          {...body}
          selection={{ service, route, ...selection }}
          named={failedInstead ? "failed" : `slower than ${formatMs(Number(minMs))}`}
        />
      )}
    </Panel>
  );
}

/** Where the slowest twentieth begins, in whole milliseconds, fixed when it is first known. */
function useUsualP95(service: string, route: string): string | null {
  const { snapshot } = useLive();
  const [first, setFirst] = useState<string | null>(null);
  const { body } = useAnswer<Services>(
    service === "" ? null : `/api/services?${new URLSearchParams({ service }).toString()}`,
  );
  const stats = service === "" ? snapshot?.overview.entry : statsOf(body, service, route);
  const p95 = stats?.p95Ms ?? null;
  if (first === null && p95 !== null) setFirst(String(Math.max(1, Math.round(p95))));
  return first;
}

function statsOf(services: Services | null, service: string, route: string): RequestStats | undefined {
  const row =
    route === ""
      ? services?.services.find((candidate) => candidate.service === service)
      : services?.operations.find(({ operation }) => operation === route);
  return row?.stats;
}
