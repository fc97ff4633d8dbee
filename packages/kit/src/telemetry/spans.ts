/** For programs that are no service and whose work is traced all the same: `@mall/kit/spans`. */
export { startClientSpan } from "./client-span.ts";
export { flushTelemetry } from "./flush.ts";
export { inSpan } from "./in-span.ts";
