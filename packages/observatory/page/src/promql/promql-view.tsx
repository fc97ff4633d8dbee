import type { JSX } from "preact";
import type { Address } from "../frame/address.ts";
import { useTitle } from "../frame/use-title.ts";
import { AlertsPanel } from "./alerts-panel.tsx";
import { ExemplarsPanel } from "./exemplars-panel.tsx";
import { InstantPanel } from "./instant-panel.tsx";
import { QueryForm } from "./query-form.tsx";
import { RangePanel } from "./range-panel.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import { TargetsPanel } from "./targets-panel.tsx";
import { timeSpanOf } from "./time-spans.ts";

/** What Prometheus would be asked in the cluster: the services' metrics, and what the rules make of them. */
export function PromqlView({ address }: { address: Address }): JSX.Element {
  useTitle("PromQL");
  const query = address.query.get("query") ?? "";
  const span = timeSpanOf(address.query.get("last"));
  return (
    <>
      <div class="view-head">
        <h1>PromQL</h1>
        <p class="quiet">Ask the services’ own metrics, scraped every two seconds.</p>
      </div>
      <QueryForm address={address} />
      {query === "" ? null : (
        <>
          <RangePanel key={`${query} ${span}`} query={query} spanMs={span} />
          <InstantPanel query={query} />
          <ExemplarsPanel query={query} />
        </>
      )}
      <AlertsPanel />
      <TargetsPanel />
      <RulesPanel />
    </>
  );
}
