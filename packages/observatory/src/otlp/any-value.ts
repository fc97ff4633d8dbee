import { noAttributes, type Attributes, type AttributeValue } from "./attributes.ts";
import { limits } from "./limits.ts";
import type { StringPool } from "./string-pool.ts";
import { asList, asRecord, asText, type WireRecord } from "./wire.ts";

/** What one attribute list became, and what the limits cost it. */
export type ReadAttributes = {
  readonly attributes: Attributes;
  readonly dropped: number;
  readonly cut: number;
};

/** Characters that are still allowed in one value, however deeply it nests. */
type Allowance = { left: number; cut: boolean };

/** Reads `repeated KeyValue`. Keys beyond the limit are dropped, long values are cut; both are counted. */
export function readAttributes(
  wire: unknown,
  pool: StringPool,
  limit: number = limits.attributesPerSpan,
): ReadAttributes {
  const list = asList(wire);
  if (list.length === 0) return { attributes: noAttributes, dropped: 0, cut: 0 };

  const keys: string[] = [];
  const values: AttributeValue[] = [];
  let cut = 0;
  for (const pair of list.slice(0, limit)) {
    const { key, value } = asRecord(pair);
    const allowance = { left: limits.valueLength, cut: false };
    keys.push(pool(cutText(typeof key === "string" ? key : "", limits.keyLength)));
    values.push(readAnyValue(value, pool, allowance, limits.valueDepth));
    if (allowance.cut) cut += 1;
  }
  return { attributes: { keys: pool.list(keys), values }, dropped: Math.max(0, list.length - limit), cut };
}

/** One value on its own: the body of a log line. */
export const readValue = (wire: unknown, pool: StringPool): AttributeValue =>
  readAnyValue(wire, pool, { left: limits.valueLength, cut: false }, limits.valueDepth);

/**
 * The first `length` characters in memory of their own: V8's `slice` keeps the whole original alive, and with it a
 * megabyte that was sent to be cut.
 */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  return Buffer.from(text.slice(0, length - 1), "utf8").toString("utf8") + "…";
}

function readAnyValue(wire: unknown, pool: StringPool, allowance: Allowance, depth: number): AttributeValue {
  const value = asRecord(wire);
  if (isSet(value, "stringValue")) return takeText(asText(value["stringValue"]), pool, allowance);
  if (isSet(value, "intValue")) return readInteger(value["intValue"]);
  if (isSet(value, "boolValue")) return value["boolValue"] === true;
  if (isSet(value, "doubleValue")) return readDouble(value["doubleValue"]);
  if (isSet(value, "bytesValue")) return readBytes(value["bytesValue"], allowance);
  if (isSet(value, "arrayValue")) return readArray(asRecord(value["arrayValue"]), pool, allowance, depth);
  if (isSet(value, "kvlistValue")) return readMap(asRecord(value["kvlistValue"]), pool, allowance, depth);
  return null;
}

/** Own fields only: a protobufjs message inherits a default for every field that was not sent. */
const isSet = (value: WireRecord, field: string): boolean =>
  Object.hasOwn(value, field) && value[field] !== null;

function takeText(text: string, pool: StringPool, allowance: Allowance): string {
  const kept = cutText(text, Math.max(1, allowance.left));
  if (kept.length < text.length) allowance.cut = true;
  allowance.left = Math.max(0, allowance.left - kept.length);
  return pool(kept);
}

/** OTLP JSON writes int64 as a decimal string, protobufjs as a Long whose text is the same. */
function readInteger(wire: unknown): AttributeValue {
  const text = String(wire);
  if (!/^-?\d{1,20}$/.test(text)) return null;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

/** JSON has no NaN or infinity; the protobuf JSON mapping writes them as strings. */
function readDouble(wire: unknown): AttributeValue {
  if (typeof wire === "number") return wire;
  return typeof wire === "string" && /^(NaN|-?Infinity|-?[\d.eE+-]{1,32})$/.test(wire) ? Number(wire) : null;
}

function readBytes(wire: unknown, allowance: Allowance): Uint8Array {
  const bytes = wire instanceof Uint8Array ? wire : Buffer.from(String(wire), "base64");
  if (bytes.length > allowance.left) allowance.cut = true;
  const kept = Uint8Array.from(bytes.subarray(0, allowance.left));
  allowance.left -= kept.length;
  return kept;
}

function readArray(
  wire: WireRecord,
  pool: StringPool,
  allowance: Allowance,
  depth: number,
): AttributeValue[] {
  const items = takeItems(wire, allowance, depth);
  return items.map((item) => readAnyValue(item, pool, allowance, depth - 1));
}

function readMap(wire: WireRecord, pool: StringPool, allowance: Allowance, depth: number): Attributes {
  const pairs = takeItems(wire, allowance, depth).map(asRecord);
  return {
    keys: pairs.map(({ key }) => takeText(typeof key === "string" ? key : "", pool, allowance)),
    values: pairs.map(({ value }) => readAnyValue(value, pool, allowance, depth - 1)),
  };
}

/** Each element costs a character, so that nesting cannot multiply past the allowance. */
function takeItems(wire: WireRecord, allowance: Allowance, depth: number): readonly unknown[] {
  const items = asList(wire["values"]);
  const kept = depth > 1 ? items.slice(0, Math.min(limits.itemsPerValue, allowance.left)) : [];
  if (kept.length < items.length) allowance.cut = true;
  allowance.left -= kept.length;
  return kept;
}
