import type { TraceSummary } from "./trace-list.ts";

/** GET /api/compare?a=&b= */
export type Comparison = {
  readonly a: TraceSummary;
  readonly b: TraceSummary;
  /** In tree order. */
  readonly rows: readonly ComparisonRow[];
  /** Time on the critical path, by service. */
  readonly services: readonly {
    readonly service: string;
    readonly aMs: number;
    readonly bMs: number;
    readonly deltaMs: number;
  }[];
};

export type ComparisonRow = {
  readonly depth: number;
  readonly service: string;
  readonly operation: string;
  readonly a: ComparedSpans | null;
  readonly b: ComparedSpans | null;
  /** b minus a; what is absent counts as zero. */
  readonly deltaMs: number;
};

/** All spans of one name at one place of the tree. */
export type ComparedSpans = {
  readonly count: number;
  readonly totalMs: number;
  /** Without the time that children cover. */
  readonly selfMs: number;
  readonly errors: number;
};
