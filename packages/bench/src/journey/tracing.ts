/** How much of the traffic is traced. */
export const tracings = ["off", "1%", "100%"] as const;
export type Tracing = (typeof tracings)[number];

/** The standard variables of OpenTelemetry that make it so. The caller of all, the storefront, decides by the ratio. */
export function tracingEnvironment(tracing: Tracing): Record<string, string> {
  if (tracing === "off") return { OTEL_SDK_DISABLED: "true" };
  return {
    OTEL_TRACES_SAMPLER: "parentbased_traceidratio",
    OTEL_TRACES_SAMPLER_ARG: tracing === "1%" ? "0.01" : "1",
  };
}
