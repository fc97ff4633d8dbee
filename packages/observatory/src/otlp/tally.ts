import { readAttributes, type ReadAttributes } from "./any-value.ts";
import type { StringPool } from "./string-pool.ts";

/** Counts of one request while it is read. */
export type Tally = {
  /** What could not be used, and the first reason in words for `partialSuccess`. */
  rejected: number;
  firstReason: string;
  /** Attributes beyond the limit, and values that were shortened. */
  droppedAttributes: number;
  cutValues: number;
};

export const newTally = (): Tally => ({ rejected: 0, firstReason: "", droppedAttributes: 0, cutValues: 0 });

export function reject(reason: string, tally: Tally): void {
  tally.rejected += 1;
  tally.firstReason ||= reason;
}

export function countedAttributes(wire: unknown, pool: StringPool, tally: Tally): ReadAttributes {
  const read = readAttributes(wire, pool);
  tally.droppedAttributes += read.dropped;
  tally.cutValues += read.cut;
  return read;
}
