const HEX = /^[0-9a-f]+$/;
const ALL_ZERO = /^0+$/;

export const TRACE_ID_BYTES = 16;
export const SPAN_ID_BYTES = 8;

/**
 * A trace or span id as lower-case hex, from hex (OTLP JSON) or bytes (protobuf).
 * Null when it has the wrong length, is not hex, or is all zeros, which W3C calls invalid.
 */
export function readId(value: unknown, bytes: number): string | null {
  const hex = toHex(value);
  if (hex.length !== bytes * 2 || !HEX.test(hex) || ALL_ZERO.test(hex)) return null;
  return hex;
}

/** A parent id: absent, empty and all zeros mean "no parent" (""), anything malformed is null. */
export function readParentId(value: unknown): string | null {
  const hex = toHex(value);
  if (hex === "" || ALL_ZERO.test(hex)) return "";
  return readId(hex, SPAN_ID_BYTES);
}

function toHex(value: unknown): string {
  if (typeof value === "string") return value.toLowerCase();
  if (value instanceof Uint8Array) {
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("hex");
  }
  return "";
}
