import type { JSX } from "preact";
import type { TelemetryHealth } from "../../../src/api-types.ts";
import { formatBytes, formatCount, formatRate } from "../format/quantities.ts";
import { useLive } from "../live/live-feed.ts";

/** What became of the telemetry itself: nobody should trust numbers whose losses are not shown. */
export function TelemetryLine(): JSX.Element {
  const { snapshot } = useLive();
  return (
    <footer class="telemetry" aria-label="Telemetry health">
      {snapshot === null ? (
        <p>Waiting for the first snapshot…</p>
      ) : (
        <Counts {...snapshot.overview.telemetry} />
      )}
    </footer>
  );
}

function Counts(health: TelemetryHealth): JSX.Element {
  const { accepted, kept, evicted, dropped } = health;
  return (
    <>
      <p data-testid="telemetry-sum">
        <b>{formatCount(accepted)}</b> spans accepted = <b>{formatCount(kept)}</b> kept +{" "}
        <b>{formatCount(evicted)}</b> evicted + <b>{formatCount(dropped)}</b> dropped
        {accepted === kept + evicted + dropped ? null : <strong class="wrong"> The sum is wrong.</strong>}
      </p>
      <ul class="telemetry-facts">
        {facts(health).map(([name, value, wrong]) => (
          <li key={name} class={wrong ? "wrong" : undefined}>
            {name} <b>{value}</b>
          </li>
        ))}
      </ul>
    </>
  );
}

type Fact = readonly [name: string, value: string, wrong: boolean];

function facts(health: TelemetryHealth): Fact[] {
  const { requests, pairing, logs } = health;
  return [
    ["now", formatRate(health.spansPerSecond).replace("/s", " spans/s"), false],
    ["traces", formatCount(health.traces), false],
    ["memory", formatBytes(health.storedBytes), false],
    ["duplicates", formatCount(health.duplicates), false],
    ["rejected", formatCount(health.rejected), health.rejected > 0],
    ["refused requests", formatCount(requests.refused), requests.refused > 0],
    ["turned away (503)", formatCount(requests.overloaded), requests.overloaded > 0],
    ["cut values", formatCount(health.cutValues + health.droppedAttributes), false],
    ["callers never seen", formatCount(pairing.unknownCallers), false],
    ["log lines", `${formatCount(logs.kept)} of ${formatCount(logs.accepted)}`, false],
  ];
}
