import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { CompareView } from "../compare/compare-view.tsx";
import { FaultsView } from "../faults/faults-view.tsx";
import { FaultContext, useFaultSwitches } from "../faults/use-faults.ts";
import { LatencyView } from "../latency/latency-view.tsx";
import { PromqlView } from "../promql/promql-view.tsx";
import { ServiceView } from "../services/service-view.tsx";
import { TraceView } from "../trace/trace-view.tsx";
import { TracesView } from "../traces/traces-view.tsx";
import { useAddress, type Address } from "./address.ts";
import { Masthead } from "./masthead.tsx";
import { OverviewView } from "./overview-view.tsx";
import { TelemetryLine } from "./telemetry-line.tsx";

export function App(): JSX.Element {
  const address = useAddress();
  const main = useFocusOnArrival(address.path);
  const faults = useFaultSwitches();
  return (
    <FaultContext.Provider value={faults}>
      <a class="skip-link" href="#main">
        Skip to content
      </a>
      <Masthead path={address.path} />
      <main id="main" ref={main} tabIndex={-1}>
        <View address={address} />
      </main>
      <TelemetryLine />
    </FaultContext.Provider>
  );
}

function View({ address }: { address: Address }): JSX.Element {
  const [, view = "", name = ""] = address.path.split("/");
  if (view === "") return <OverviewView />;
  if (view === "traces" && name !== "")
    return <TraceView key={name} traceId={decode(name)} address={address} />;
  if (view === "traces") return <TracesView address={address} />;
  if (view === "compare") return <CompareView address={address} />;
  if (view === "latency") return <LatencyView address={address} />;
  if (view === "promql") return <PromqlView address={address} />;
  if (view === "services" && name !== "") return <ServiceView key={name} service={decode(name)} />;
  if (view === "faults") return <FaultsView />;
  return (
    <section class="empty">
      <h1>There is no such page</h1>
      <p>
        Start from the <a href="/">overview</a>.
      </p>
    </section>
  );
}

/** A screen reader must hear that the view is another one; the first arrival is the browser's to announce. */
function useFocusOnArrival(path: string): { current: HTMLElement | null } {
  const main = useRef<HTMLElement>(null);
  const arrived = useRef(path);
  useEffect(() => {
    if (arrived.current === path) return;
    arrived.current = path;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
