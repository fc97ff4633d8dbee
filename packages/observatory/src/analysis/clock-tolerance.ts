/** How far a callee may lie outside its caller, in milliseconds, before their clocks are said to disagree. */
export const CLOCK_TOLERANCE_MS = {
  /** SDKs begin spans on whole milliseconds; beyond that nobody is called before they are called. */
  early: 1,
  /** A busy server ends its span when it comes to it, while its caller has long read the answer. */
  late: 50,
} as const;
