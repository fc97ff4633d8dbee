/** As the k6 operator has it in the cluster, as far as it is read. */
export interface TestRun {
  metadata: { name: string; creationTimestamp: string };
  spec: { parallelism: number };
  status?: { stage?: string };
}

export interface Job {
  metadata: { name: string };
  status: { succeeded?: number };
}

export interface Finding {
  text: string;
  passed: boolean;
}

interface Evidence {
  /** Those that the operator made for this run. */
  runners: readonly Job[];
  /** From 0 to 1; NaN when the shop counted no checkout at all, which is no success. */
  checkoutsFailed: number;
  checkoutsFailedBelow: number;
}

/**
 * What a load test came to. Its stage says only that it has ended (k6-operator#577): that thresholds were met is told
 * by its runners, and by the shop itself.
 */
export function verdictOf(run: TestRun, evidence: Evidence): Finding[] {
  const { runners, checkoutsFailed, checkoutsFailedBelow } = evidence;
  const stage = run.status?.stage ?? "not begun";
  const { parallelism } = run.spec;
  return [
    { text: `${run.metadata.name} has ended: ${stage}`, passed: stage === "finished" },
    {
      text: `all ${parallelism} runners were there: ${runners.length}`,
      passed: runners.length === parallelism,
    },
    ...runners.map(({ metadata, status }) => ({
      text: `${metadata.name} met its thresholds`,
      passed: (status.succeeded ?? 0) > 0,
    })),
    {
      text: `of the checkouts that the shop counted, a share below ${checkoutsFailedBelow} failed: ${checkoutsFailed}`,
      passed: checkoutsFailed < checkoutsFailedBelow,
    },
  ];
}

export const hasEnded = (run: TestRun | undefined): boolean =>
  ["finished", "error"].includes(run?.status?.stage ?? "");

/** Of runs with one name, such as of a profile that was run by hand twice, the last one counts. */
export const newestOf = (runs: readonly TestRun[]): TestRun | undefined =>
  runs.toSorted((a, b) => b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp))[0];
