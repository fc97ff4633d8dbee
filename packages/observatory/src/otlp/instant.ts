/** A point in time, exact to the nanosecond without a bigint: whole milliseconds since 1970 and the rest. */
export type Instant = {
  readonly ms: number;
  /** 0 to 999,999. */
  readonly nanos: number;
};

const NANOS_PER_MS = 1_000_000;
const LIMB = 0x10000;

/** How protobufjs hands out a 64-bit integer. */
type Long64 = { readonly low: number; readonly high: number };

const isLong64 = (value: unknown): value is Long64 =>
  typeof value === "object" && value !== null && "low" in value && "high" in value;

/**
 * Nanoseconds since 1970 from either encoding: OTLP JSON writes a decimal string (some senders a number),
 * protobuf a fixed64. Null when it is neither, or zero, which OTLP uses for "not set".
 */
export function readInstant(value: unknown): Instant | null {
  if (isLong64(value)) return fromLong64(value);
  const digits = typeof value === "number" ? integerDigits(value) : value;
  if (typeof digits !== "string" || !/^\d{1,20}$/.test(digits)) return null;

  const instant = { ms: Number(digits.slice(0, -6)), nanos: Number(digits.slice(-6)) };
  return isZero(instant) ? null : instant;
}

/** Exact up to 104 days (2^53 ns), beyond which the error is less than a microsecond per year. */
export const nanosBetween = (from: Instant, to: Instant): number =>
  (to.ms - from.ms) * NANOS_PER_MS + (to.nanos - from.nanos);

export function addNanos(instant: Instant, nanos: number): Instant {
  const total = instant.nanos + nanos;
  const carry = Math.floor(total / NANOS_PER_MS);
  return { ms: instant.ms + carry, nanos: total - carry * NANOS_PER_MS };
}

/** The decimal string that OTLP JSON wants. */
export const toUnixNano = (instant: Instant): string =>
  `${instant.ms}${String(instant.nanos).padStart(6, "0")}`.replace(/^0+(?=\d)/, "");

const isZero = (instant: Instant): boolean => instant.ms === 0 && instant.nanos === 0;

const integerDigits = (value: number): string | null =>
  Number.isInteger(value) && value >= 0 && value < 2 ** 64 ? BigInt(value).toString() : null;

/** Long division in 16-bit limbs: every intermediate stays far below 2^53. */
function fromLong64({ low, high }: Long64): Instant | null {
  const limbs = [(high >>> 16) & 0xffff, high & 0xffff, (low >>> 16) & 0xffff, low & 0xffff];
  let ms = 0;
  let nanos = 0;
  for (const limb of limbs) {
    const dividend = nanos * LIMB + limb;
    ms = ms * LIMB + Math.floor(dividend / NANOS_PER_MS);
    nanos = dividend % NANOS_PER_MS;
  }
  const instant = { ms, nanos };
  return isZero(instant) ? null : instant;
}
