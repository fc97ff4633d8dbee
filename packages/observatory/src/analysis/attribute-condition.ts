import { attributeText, type Attributes, type AttributeValue } from "../otlp/attributes.ts";
import type { Resource } from "../otlp/span.ts";
import type { StoredTrace } from "../store/stored-trace.ts";
import { attributeHash, mayHaveAttribute } from "./attribute-index.ts";

export type AttributeCondition = { readonly key: string; readonly value: string | null };

/** `key=value`; keys of OpenTelemetry contain no "=", values may. */
export function parseAttributeCondition(text: string): AttributeCondition {
  const at = text.indexOf("=");
  return at === -1 ? { key: text, value: null } : { key: text.slice(0, at), value: text.slice(at + 1) };
}

/**
 * Whether some span of a trace, or its process, has the attribute. For one search over many spans: most of them share
 * their list of keys and their resource, about which everything is found out once.
 */
export function attributeMatcher({ key, value }: AttributeCondition): (trace: StoredTrace) => boolean {
  const places = new Map<readonly string[], number>();
  const resources = new Map<Resource, boolean>();
  const isWanted = valueMatcher(value);

  function has({ keys, values }: Attributes): boolean {
    let at = places.get(keys);
    if (at === undefined) places.set(keys, (at = keys.indexOf(key)));
    return at !== -1 && isWanted(values[at] ?? null);
  }

  function resourceHas(resource: Resource): boolean {
    const known = resources.get(resource);
    if (known !== undefined) return known;
    const found = has(resource.attributes);
    resources.set(resource, found);
    return found;
  }

  const attribute = attributeHash(key, value);
  return (trace) =>
    mayHaveAttribute(trace, attribute) &&
    trace.spans.some((span) => has(span.attributes) || resourceHas(span.resource));
}

/** Compares texts, without making one of every number. */
function valueMatcher(wanted: string | null): (value: AttributeValue) => boolean {
  if (wanted === null) return () => true;
  const number = String(Number(wanted)) === wanted ? Number(wanted) : null;
  return (value) => {
    if (typeof value === "string") return value === wanted;
    if (typeof value === "number") return Object.is(value + 0, number); // -0 is shown as 0
    return attributeText(value) === wanted;
  };
}
