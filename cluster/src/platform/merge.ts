/** What YAML holds. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/**
 * Lays one configuration over another, as Helm lays values: maps are merged, and everything else is replaced, but for
 * lists of things with names, which are merged by name.
 */
export function merge(base: Value | undefined, over: Value): Value {
  if (isMap(base) && isMap(over)) {
    const merged = { ...base };
    for (const [key, value] of Object.entries(over)) merged[key] = merge(base[key], value);
    return merged;
  }
  if (areNamed(base) && areNamed(over)) {
    const named = new Map([...base, ...over].map((item) => [item["name"], item]));
    return [...named.values()];
  }
  return over;
}

const isMap = (value: Value | undefined): value is { [key: string]: Value } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const areNamed = (value: Value | undefined): value is { [key: string]: Value }[] =>
  Array.isArray(value) && value.every((item) => isMap(item) && typeof item["name"] === "string");
