export type CriticalPath = {
  readonly durationNs: number;
  /** Offsets on the span's own bar, as it was sent. */
  readonly segments: readonly { readonly spanId: string; readonly startNs: number; readonly endNs: number }[];
  /** Longest first; the times add up to `durationNs`. */
  readonly services: readonly { readonly service: string; readonly timeNs: number; readonly share: number }[];
  /** A critical path is always a conclusion from timing. These say what else had to be assumed. */
  readonly assumptions: readonly PathAssumption[];
};

export type PathAssumption =
  "clock-skew" | "no-root" | "missing-spans" | "cycle" | "truncated" | "async-left-out";

export type RootCause = {
  readonly spanId: string;
  readonly service: string;
  readonly operation: string;
  readonly statusMessage: string;
  readonly exception: ExceptionView | null;
  /** The callee, when the failing span is the call itself: it refused (4xx), or let the caller wait too long. */
  readonly answeredBy: {
    readonly spanId: string;
    readonly service: string;
    readonly operation: string;
    readonly refused: boolean;
  } | null;
  /** Whom the failing span says that it called, when no answer came from there. Never a database. */
  readonly unansweredBy: string | null;
  /** From the root to the failing span. */
  readonly path: readonly string[];
  /** True when every span on the path failed, so that this failure is what the root reports. */
  readonly explainsRoot: boolean;
};

export type ExceptionView = {
  readonly spanId: string;
  readonly type: string;
  readonly message: string;
  readonly stacktrace: string;
};
