/** Seconds since the scenario's begin. */
export type Seconds = number;

export interface TimelineEvent {
  at: Seconds;
  /** Whose act it was. */
  actor: "git" | "argo cd" | "rollout" | "analysis" | "mesh" | "users" | "e2e";
  text: string;
}

export interface Sample {
  at: Seconds;
  value: number;
}

/** What an analysis measured, and what it thought of it. */
export interface Measurement {
  at: Seconds;
  metric: string;
  verdict: "passed" | "failed" | "error";
  value: string;
}

type SeriesName = "canary weight %" | "requests/s" | "failed requests/s";

export type Timeline = ReturnType<typeof createTimeline>;

/** What happened when: single events, and numbers over time. */
export function createTimeline(onEvent: (event: TimelineEvent) => void) {
  const began = performance.now();
  const events: TimelineEvent[] = [];
  const series = new Map<SeriesName, Sample[]>();
  const measurements: Measurement[] = [];
  const now = (): Seconds => (performance.now() - began) / 1000;

  return {
    now,
    events: events as readonly TimelineEvent[],
    series: series as ReadonlyMap<SeriesName, readonly Sample[]>,
    measurements: measurements as readonly Measurement[],
    measured(measurement: Omit<Measurement, "at">): void {
      measurements.push({ at: now(), ...measurement });
    },
    note(actor: TimelineEvent["actor"], text: string): Seconds {
      const event = { at: now(), actor, text };
      events.push(event);
      onEvent(event);
      return event.at;
    },
    sample(name: SeriesName, value: number): void {
      const samples = series.get(name);
      if (samples) samples.push({ at: now(), value });
      else series.set(name, [{ at: now(), value }]);
    },
  };
}
