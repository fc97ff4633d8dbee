import type { JSX } from "preact";
import type { Business } from "../../../src/api-types.ts";
import { promqlHref } from "../frame/address.ts";
import { Panel } from "../frame/panel.tsx";
import { useLive } from "../live/live-feed.ts";
import { BusinessFigures } from "./business-figures.tsx";
import { whatIsMissing } from "./what-is-missing.ts";

const SHOWN_ALERTS = 4;

/** What the mall earns and what it promises: first on the page, for it is what everything else is for. */
export function BusinessPanel(): JSX.Element {
  const { snapshot } = useLive();
  return (
    <Panel
      title="Business"
      class="business"
      cluster={{
        tool: "Grafana",
        query: "mall:revenue_minor_units:per_minute, mall:orders:per_minute, slo:burn_rate:rate5m",
      }}
    >
      {snapshot === null ? (
        <p class="quiet">Waiting for the first snapshot…</p>
      ) : (
        <Figures business={snapshot.business} />
      )}
    </Panel>
  );
}

function Figures({ business }: { business: Business }): JSX.Element {
  const missing = whatIsMissing(business);
  return (
    <>
      {missing === null ? null : (
        <p class="notice" data-testid="business-missing">
          {missing}
        </p>
      )}
      {business.evaluatedAtMs === null ? null : <BusinessFigures business={business} />}
      <FiringAlerts business={business} />
    </>
  );
}

function FiringAlerts({ business: { alerts } }: { business: Business }): JSX.Element | null {
  const firing = alerts.filter(({ state }) => state === "firing");
  if (firing.length === 0) return null;
  return (
    <ul class="business-alerts" aria-label="Firing alerts" data-testid="business-alerts">
      {firing.slice(0, SHOWN_ALERTS).map(({ name, labels, annotations }) => (
        <li key={`${name} ${labels.join()}`}>
          <span aria-hidden="true">◆ </span>
          <a href={promqlHref(`ALERTS{alertname=${JSON.stringify(name)}}`)}>{name}</a>{" "}
          {annotations.find(([key]) => key === "summary")?.[1]}
        </li>
      ))}
      {firing.length > SHOWN_ALERTS ? (
        <li>
          <a href="/promql">and {firing.length - SHOWN_ALERTS} more</a>
        </li>
      ) : null}
    </ul>
  );
}
