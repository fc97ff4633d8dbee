/**
 * Attributes in the order they were sent. Two parallel arrays instead of an object: a key called `__proto__` is a
 * string like any other, and a span's attributes take a third of a Map's memory.
 */
export type Attributes = {
  readonly keys: readonly string[];
  readonly values: readonly AttributeValue[];
};

/** `bigint` only for integers that a double cannot hold; `Uint8Array` for bytes; null for an empty value. */
export type AttributeValue =
  string | number | bigint | boolean | null | Uint8Array | readonly AttributeValue[] | Attributes;

export const noAttributes: Attributes = { keys: [], values: [] };

/** The first value of a key, or undefined. */
export function attribute(attributes: Attributes, key: string): AttributeValue | undefined {
  const at = attributes.keys.indexOf(key);
  return at === -1 ? undefined : attributes.values[at];
}

/** A non-empty string value, or undefined. */
export function textAttribute(attributes: Attributes, key: string): string | undefined {
  const value = attribute(attributes, key);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A number, also when it was sent as a string (old HTTP instrumentations do), or undefined. */
export function numberAttribute(attributes: Attributes, key: string): number | undefined {
  const value = attribute(attributes, key);
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

export const isAttributes = (value: AttributeValue): value is Attributes =>
  typeof value === "object" && value !== null && "keys" in value && Array.isArray(value.keys);

/** A value as a reader sees it and as the attribute search compares it. */
export function attributeText(value: AttributeValue): string {
  if (typeof value === "string") return value;
  if (value === null) return "";
  if (typeof value === "object") return JSON.stringify(plainValue(value));
  return String(value);
}

type PlainValue = string | number | boolean | null | readonly PlainValue[];

/** Maps become lists of pairs, so that a hostile key never becomes a property name. */
function plainValue(value: AttributeValue): PlainValue {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (value === null || typeof value !== "object") return value;
  if (isAttributes(value)) return value.keys.map((key, at) => [key, plainValue(value.values[at] ?? null)]);
  return value.map(plainValue);
}
