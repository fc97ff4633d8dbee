/**
 * Starts OpenTelemetry before anything else is loaded: `node --import @mall/kit/telemetry dist/main.js`.
 * Configured by the standard OTEL_* variables, and by SERVICE_VERSION, so that a trace shows which version answered. As
 * an ordinary import it would come too late: pg would go untraced, silently.
 */
import { register } from "import-in-the-middle/register-hooks.mjs";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { clientSpanAttributes, nameClientSpan } from "./client-span.ts";
import { onTelemetryFlush } from "./flush.ts";

// A trace is looked for right after the click; the default is five seconds. Milliseconds.
process.env["OTEL_BSP_SCHEDULE_DELAY"] ??= "1000";

const { SERVICE_VERSION: version, OTEL_RESOURCE_ATTRIBUTES: given } = process.env;
if (version) {
  const own = `service.version=${encodeURIComponent(version)}`;
  process.env["OTEL_RESOURCE_ATTRIBUTES"] = given ? `${given},${own}` : own;
}

register({ include: ["pg", "pg-pool"] });

const sdk = new NodeSDK({
  instrumentations: [
    new PgInstrumentation({ requireParentSpan: true, ignoreConnectSpans: true }),
    new UndiciInstrumentation({
      requireParentforSpans: true,
      startSpanHook: clientSpanAttributes,
      requestHook: nameClientSpan,
    }),
  ],
});
sdk.start();
onTelemetryFlush(() => sdk.shutdown());
