/** A decoded JSON object or protobuf message of which nothing is known yet. */
export type WireRecord = Readonly<Record<string, unknown>>;

const empty: WireRecord = Object.freeze(Object.create(null));

export const isRecord = (value: unknown): value is WireRecord =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Anything that is not an object reads as one without fields. */
export const asRecord = (value: unknown): WireRecord => (isRecord(value) ? value : empty);

export const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const asText = (value: unknown): string => (typeof value === "string" ? value : "");

/** A count sent by the other side: a small non-negative integer, or 0. */
export const asCount = (value: unknown): number =>
  typeof value === "number" && Number.isSafeInteger(value) && value > 0 ? Math.min(value, 1_000_000_000) : 0;
