/** The chosen runs of k6, by the tag that the k6-operator sets. */
export const run = 'testrun_name=~"$testrun"';

/** When a run fails that was given no others: the scenario's own thresholds, in services/loadgenerator/src/k6.ts. */
export const thresholds = { failedJourneys: 0.01, pageSeconds: 1.5 } as const;
