import { randomBytes } from "node:crypto";

const SPANS_PER_TRACE = 10;

const hex = (bytes: number): string => randomBytes(bytes).toString("hex");
const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** A request through five services, each asking its database. */
function oneTrace(): { service: string; span: object }[] {
  const traceId = hex(16);
  const services = ["frontend", "checkout", "cart", "product", "purchase"];
  const end = BigInt(Date.now()) * 1_000_000n;
  let parentSpanId = "";
  return Array.from({ length: SPANS_PER_TRACE }, (_, at) => {
    const spanId = hex(8);
    const duration = BigInt(Math.round(2e8 * Math.random() ** 3)) + BigInt(SPANS_PER_TRACE - at) * 1_000_000n;
    const service = services[Math.floor(at / 2)] ?? "frontend";
    const span = {
      traceId,
      spanId,
      parentSpanId,
      name: at % 2 === 0 ? `GET /${service}/{id}` : `GET /${services[Math.floor(at / 2) + 1]}`,
      kind: at % 2 === 0 ? 2 : 3,
      startTimeUnixNano: (end - duration).toString(),
      endTimeUnixNano: end.toString(),
      attributes: [
        text("http.request.method", "GET"),
        text("url.path", `/${service}/${spanId}`),
        text("server.address", "127.0.0.1"),
        { key: "server.port", value: { intValue: String(8000 + at) } },
        { key: "http.response.status_code", value: { intValue: Math.random() < 0.02 ? "500" : "200" } },
        at % 2 === 0 ? text("http.route", `/${service}/{id}`) : text("db.system.name", "postgresql"),
      ],
      status: {},
    };
    parentSpanId = spanId;
    return { service, span };
  });
}

/** Requests of OTLP, as five services would send so many spans: one each. */
export function batches(spans: number): string[] {
  const all = Array.from({ length: Math.round(spans / SPANS_PER_TRACE) }, oneTrace).flat();
  return [...Map.groupBy(all, ({ service }) => service)].map(([service, group]) =>
    JSON.stringify({
      resourceSpans: [
        {
          resource: { attributes: [text("service.name", service)] },
          scopeSpans: [{ scope: { name: "bench" }, spans: group.map(({ span }) => span) }],
        },
      ],
    }),
  );
}
