import type { JSX } from "preact";
import { formatMs, formatRate, formatShare } from "../format/quantities.ts";
import { useLive } from "../live/live-feed.ts";

/** The requests that enter the mall, in four figures. */
export function EntryFigures(): JSX.Element | null {
  const { snapshot } = useLive();
  if (snapshot === null) return null;
  const { entry, windowSeconds } = snapshot.overview;
  const figures = [
    ["Requests", formatRate(entry.rate), false],
    ["Failed", formatShare(entry.errorShare), entry.errorShare > 0],
    ["Half are faster than", formatMs(entry.p50Ms), false],
    ["95 % are faster than", formatMs(entry.p95Ms), false],
  ] as const;
  return (
    <section class="figures" aria-label={`Requests entering the mall, last ${windowSeconds} seconds`}>
      <dl>
        {figures.map(([name, value, wrong]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class={wrong ? "wrong" : undefined}>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="quiet">entering the mall, last {windowSeconds} s</p>
    </section>
  );
}
