/**
 * Shown as text only. Values that answer a query are text as well, in Prometheus's words, for JSON has neither NaN nor
 * infinity.
 */
export type LabelPairs = readonly (readonly [name: string, value: string])[];

/** GET /api/query?query&at, `at` in milliseconds since 1970, by default now. 400 says what is not understood. */
export type QueryAnswer =
  | { readonly type: "scalar"; readonly value: string }
  | {
      readonly type: "vector";
      /** In the order of their labels. */
      readonly samples: readonly { readonly labels: LabelPairs; readonly value: string }[];
    };

/** GET /api/query-range?query&step and `from&to` or `last`, all in milliseconds. */
export type RangeAnswer = {
  readonly fromMs: number;
  readonly toMs: number;
  readonly stepMs: number;
  /** The largest last value first. */
  readonly series: readonly RangeSeries[];
  /** How many more there are. */
  readonly leftOut: number;
};

export type RangeSeries = {
  readonly labels: LabelPairs;
  /** One for each step; null where there is no sample, or no finite one. */
  readonly values: readonly (number | null)[];
};

/** GET /api/targets */
export type Targets = {
  readonly targets: readonly TargetView[];
  readonly series: number;
  /** Series for which there was no room. */
  readonly refusedSeries: number;
};

export type TargetView = {
  readonly service: string;
  /** `host:port` */
  readonly instance: string;
  readonly health: "unknown" | "up" | "down";
  readonly lastScrapeMs: number | null;
  readonly lastDurationMs: number | null;
  /** Of the last scrape. */
  readonly samples: number;
  /** A sentence, or "" after a scrape that succeeded. */
  readonly lastError: string;
  readonly scrapes: number;
  readonly failures: number;
};

/** GET /api/rules, in the order of the file. */
export type Rules = { readonly rules: readonly RuleView[] };

export type RuleView = {
  readonly group: string;
  readonly name: string;
  readonly kind: "recording" | "alerting";
  readonly query: string;
  /** Of a recording rule always 0. */
  readonly forMs: number;
  readonly health: "unknown" | "ok" | "error";
  /** A sentence, or "" after an evaluation that succeeded. */
  readonly lastError: string;
  readonly evaluatedAtMs: number | null;
  readonly durationMs: number | null;
  /** How many series, or alerts, it gave last. */
  readonly results: number;
};

/** GET /api/alerts: pending and firing ones, in the order of the rules. */
export type Alerts = { readonly alerts: readonly AlertView[] };

export type AlertView = {
  readonly name: string;
  readonly state: "pending" | "firing";
  readonly labels: LabelPairs;
  readonly annotations: LabelPairs;
  readonly value: string;
  readonly activeAtMs: number;
  readonly firingSinceMs: number | null;
};

/** GET /api/exemplars?query: of every series that the query selects, newest first. */
export type Exemplars = { readonly exemplars: readonly ExemplarView[] };

export type ExemplarView = {
  readonly series: LabelPairs;
  /** `trace_id` and `span_id`, when the service is the mall's. */
  readonly labels: LabelPairs;
  readonly value: string;
  readonly timeMs: number;
};
