import { InvalidInput } from "@mall/kit";
import { z } from "zod";

/** What the shop's pages are called in traces; nobody may post spans as anybody else. */
export const browserService = "storefront-web";

const id = (digits: number) => z.string().regex(new RegExp(`^(?!0+$)[\\da-f]{${digits}}$`));
const nanoseconds = z.string().regex(/^\d{19}$/);
const value = z.strictObject({ stringValue: z.string().optional(), intValue: z.int().optional() });

const span = z.strictObject({
  traceId: id(32),
  spanId: id(16),
  parentSpanId: id(16).optional(),
  name: z.string().regex(/^[\w .-]{1,80}$/),
  /** INTERNAL or CLIENT: a browser serves nobody. */
  kind: z.literal([1, 3]),
  startTimeUnixNano: nanoseconds,
  endTimeUnixNano: nanoseconds,
  attributes: z
    .array(z.strictObject({ key: z.string(), value }))
    .max(20)
    .default([]),
  status: z.strictObject({ code: z.literal([0, 1, 2]) }).optional(),
});
type Span = z.output<typeof span>;

/** OTLP's JSON, as far as `public/trace.js` makes use of it. */
export const browserSpans = z.strictObject({
  resourceSpans: z
    .array(
      z.strictObject({
        resource: z.strictObject({ attributes: z.array(z.strictObject({ key: z.string(), value })).max(20) }),
        scopeSpans: z.array(z.strictObject({ spans: z.array(span).max(64) })).max(4),
      }),
    )
    .max(4),
});

// Nothing that a person has typed: no query, no value of a field.
const allowed: Readonly<Record<string, RegExp>> = {
  "http.request.method": /^(GET|POST)$/,
  "http.response.status_code": /^\d{3}$/,
  "url.path": /^\/[\w/.~%-]{0,300}$/,
  "error.type": /^\w{1,60}$/,
};
const farOffMs = 24 * 3600 * 1000;

/**
 * The spans anew, with nothing in them but what is allowed: the rest of a browser's message is a stranger's. Throws
 * `InvalidInput` for spans of another service, and for times that no clock of today shows.
 */
export function acceptedSpans({ resourceSpans }: z.output<typeof browserSpans>, version: string | undefined) {
  for (const { resource } of resourceSpans) {
    const name = resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue;
    if (name !== browserService) throw refusal("service.name", `must be ${browserService}`);
  }
  const spans = resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
  for (const { startTimeUnixNano: start, endTimeUnixNano: end } of spans) {
    if (Math.abs(Number(start) / 1e6 - Date.now()) > farOffMs || BigInt(end) < BigInt(start))
      throw refusal("startTimeUnixNano", "must be today and before the end");
  }
  const resource = {
    attributes: [
      { key: "service.name", value: { stringValue: browserService } },
      ...(version ? [{ key: "service.version", value: { stringValue: version } }] : []),
    ],
  };
  const scopeSpans = [
    { scope: { name: "@mall/frontend/trace.js" }, spans: spans.map(withAllowedAttributes) },
  ];
  return { resourceSpans: [{ resource, scopeSpans }] };
}

const withAllowedAttributes = (given: Span): Span => ({
  ...given,
  attributes: given.attributes.filter(({ key, value: { stringValue, intValue } }) =>
    Object.hasOwn(allowed, key) ? allowed[key]?.test(stringValue ?? String(intValue)) : false,
  ),
});

const refusal = (field: string, message: string) =>
  new InvalidInput("These are no spans of this shop's pages.", [{ field, message }]);
