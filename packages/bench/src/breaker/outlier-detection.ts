/** What `outlierDetection` of base/components/service/destination-rule.yaml says; times in milliseconds. */
export interface OutlierSettings {
  consecutive5xx: number;
  intervalMs: number;
  baseEjectionMs: number;
  /** Of the instances, rounded down; but one may always be put out. */
  mostEjectedPercent: number;
}

export const meshSettings: OutlierSettings = {
  consecutive5xx: 2,
  intervalMs: 10_000,
  baseEjectionMs: 30_000,
  mostEjectedPercent: 50,
};

export interface OutlierDetection {
  /** The instances that may be asked now, by their numbers. */
  healthy(): number[];
  /** Tells how an instance has answered. */
  answered(instance: number, status: number): void;
  /** How often an instance was put out, all together. */
  readonly ejections: number;
}

/**
 * Envoy's outlier detection as far as `consecutive_5xx` goes: an instance is put out at once when it has failed so many
 * times in a row, for longer each time, and let in again by a sweep that comes at intervals.
 */
export function createOutlierDetection(
  instances: number,
  settings: OutlierSettings,
  now: () => number = () => performance.now(),
): OutlierDetection {
  const states = Array.from({ length: instances }, () => ({ failures: 0, ejectedAt: -1, ejections: 0 }));
  const mostEjected = Math.max(1, Math.floor((instances * settings.mostEjectedPercent) / 100));
  let lastSweep = now();
  let total = 0;

  function sweep(): void {
    const passed = Math.floor((now() - lastSweep) / settings.intervalMs);
    if (passed < 1) return;
    lastSweep += passed * settings.intervalMs;
    for (const state of states) {
      const over = state.ejectedAt + settings.baseEjectionMs * state.ejections;
      if (state.ejectedAt >= 0 && lastSweep >= over) state.ejectedAt = -1;
    }
  }

  return {
    get ejections() {
      return total;
    },
    healthy() {
      sweep();
      return states.flatMap(({ ejectedAt }, at) => (ejectedAt < 0 ? [at] : []));
    },
    answered(instance, status) {
      const state = states[instance];
      if (!state) throw new RangeError(`there is no instance ${instance}`);
      state.failures = status >= 500 ? state.failures + 1 : 0;
      if (state.failures < settings.consecutive5xx || state.ejectedAt >= 0) return;
      if (states.filter(({ ejectedAt }) => ejectedAt >= 0).length >= mostEjected) return;
      state.failures = 0;
      state.ejectedAt = now();
      state.ejections += 1;
      total += 1;
    },
  };
}
