/** GET /api/faults, and PUT /api/faults with `FaultChange`. */
export type Faults = {
  /** False when no fault file is configured; then `flags` is empty. */
  readonly available: boolean;
  readonly flags: readonly FaultFlag[];
};

export type FaultFlag = {
  readonly key: string;
  readonly enabled: boolean;
  readonly variants: readonly string[];
  readonly current: string;
  /** The variant that means "no fault". */
  readonly off: string;
  readonly on: boolean;
  /** From the flag's metadata in the file: what it does, and where to look now. */
  readonly description: string;
  readonly lookAt: string;
};

export type FaultChange = { readonly flag: string; readonly variant: string };
