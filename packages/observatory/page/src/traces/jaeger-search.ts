/** A search for traces in the words of Jaeger's form. It asks for a service, which here may be any. */
export function jaegerSearch(filters: Readonly<Record<string, string | undefined>>): string {
  const { service = "", route = "", minMs = "", maxMs = "", errors = "", attr = "" } = filters;
  const tags = [...(attr === "" ? [] : [attr]), ...(errors === "true" ? ["error=true"] : [])];
  const parts = [
    `service=${service === "" ? "frontend" : service}`,
    ...given("operation", route),
    ...given("minDuration", minMs, "ms"),
    ...given("maxDuration", maxMs, "ms"),
    ...given("tags", tags.join(" ")),
  ];
  return parts.join(" ");
}

const given = (name: string, value: string, unit = ""): string[] =>
  value === "" ? [] : [`${name}=${value}${unit}`];
