/**
 * Starts OpenTelemetry before anything else is loaded: `node --import @mall/kit/telemetry dist/main.js`.
 * Configured by the standard OTEL_* variables alone. As an ordinary import it would come too late: pg would go
 * untraced, silently.
 */
import { register } from "import-in-the-middle/register-hooks.mjs";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import { NodeSDK } from "@opentelemetry/sdk-node";
import { clientSpanAttributes, nameClientSpan } from "./client-span.ts";
import { onTelemetryFlush } from "./flush.ts";

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
