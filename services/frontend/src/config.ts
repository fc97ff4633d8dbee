import { z } from "zod";

export const config = z.object({
  PRODUCT_URL: z.url(),
  SEARCH_URL: z.url(),
  AD_URL: z.url(),
  CART_URL: z.url(),
  CHECKOUT_URL: z.url(),
  CURRENCY_URL: z.url(),
  PURCHASE_URL: z.url(),
  SHIPPING_URL: z.url(),
  INFO_URL: z.url(),
  /** Where people look at the trace of an order; `{traceId}` is filled in. */
  TRACE_URL: z.string().includes("{traceId}").default("http://127.0.0.1:4318/traces/{traceId}"),
  /** The collector, for the spans of the shop's pages; without one they are dropped. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Whatever is missing, nobody waits longer for a page, or for the reason why there is none. Milliseconds. */
  PAGE_TIMEOUT_MS: z.coerce.number().int().min(1_000).default(1_250),
  /** How long anybody waits to be let in when there are too many; by default who pays waits longest. Milliseconds. */
  ADMISSION_WAIT_MS: z.coerce.number().int().positive().optional(),
  /** So many are worked on at once however slow all is: more where others keep the machine busy. By default two. */
  ADMISSION_LEAST_AT_ONCE: z.coerce.number().int().positive().optional(),
  SERVICE_VERSION: z.string().optional(),
  /** Behind TLS that ends before this process and does not say so with `X-Forwarded-Proto`. */
  BEHIND_TLS: z.stringbool().default(false),
});
