import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { navigate, withQuery, type Address } from "../frame/address.ts";
import { submittedForm } from "../frame/submitted-form.ts";
import { useTitle } from "../frame/use-title.ts";
import { useLive } from "../live/live-feed.ts";
import { DifferencesPanel } from "./differences-panel.tsx";
import { HeatMapPanel } from "./heat-map-panel.tsx";

/** Latencies over time, and what the slow ones have in common. */
export function LatencyView({ address }: { address: Address }): JSX.Element {
  useTitle("Latency");
  const { snapshot } = useLive();
  const services = useId();
  const service = address.query.get("service") ?? "";
  const route = address.query.get("route") ?? "";

  function submit(event: Event): void {
    const { text } = submittedForm(event);
    navigate(withQuery(address, { service: text("service"), route: text("route") }));
  }

  return (
    <>
      <div class="view-head">
        <h1>Latency</h1>
      </div>
      <form class="filters" aria-label="Requests to show" key={`${service} ${route}`} onSubmit={submit}>
        <label>
          Service
          <input name="service" list={services} defaultValue={service} placeholder="the mall's entry" />
        </label>
        <datalist id={services}>
          {snapshot?.services.map((row) => (
            <option key={row.service} value={row.service} />
          ))}
        </datalist>
        <label class="wide">
          Route or operation
          <input name="route" defaultValue={route} placeholder="any" />
        </label>
        <button class="button" type="submit">
          Show
        </button>
      </form>
      <HeatMapPanel service={service} route={route} />
      <DifferencesPanel key={`${service} ${route}`} service={service} route={route} />
    </>
  );
}
