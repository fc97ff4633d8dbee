/**
 * Starts OpenTelemetry before anything else is loaded: `node --import @mall/kit/telemetry dist/main.js`.
 * Configured by the standard OTEL_* variables, and by SERVICE_VERSION, so that a trace shows which version answered.
 * Not an import of the service's: with OTEL_SDK_DISABLED, or started without it, the service is the same program.
 */
import { NodeSDK } from "@opentelemetry/sdk-node";
import { onTelemetryFlush } from "./flush.ts";

// A trace is looked for right after the click; the default is five seconds. Milliseconds.
process.env["OTEL_BSP_SCHEDULE_DELAY"] ??= "1000";

const { SERVICE_VERSION: version, OTEL_RESOURCE_ATTRIBUTES: given } = process.env;
if (version) {
  const own = `service.version=${encodeURIComponent(version)}`;
  process.env["OTEL_RESOURCE_ATTRIBUTES"] = given ? `${given},${own}` : own;
}

// Nothing is instrumented from outside: the kit makes the spans of requests, calls and statements itself.
const sdk = new NodeSDK({ instrumentations: [] });
sdk.start();
onTelemetryFlush(() => sdk.shutdown());
