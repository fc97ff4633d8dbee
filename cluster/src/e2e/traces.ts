import { request } from "undici";
import { z } from "zod";

const list = z.object({ traces: z.array(z.object({ traceId: z.string() })) });
const detail = z.object({
  summary: z.object({ badges: z.array(z.string()), services: z.array(z.string()) }),
  spans: z.array(
    z.object({
      service: z.string(),
      kind: z.string(),
      parentSpanId: z.string(),
      attributes: z.array(z.tuple([z.string(), z.string()])),
      resource: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
  rootCause: z.object({ service: z.string(), operation: z.string() }).nullable(),
});

export type Trace = z.infer<typeof detail>;

/** What the observatory, which stands in the place of Jaeger here, knows of requests. */
export function readTraces(observatory: string) {
  /** Undefined for what is not there. */
  async function get(path: string): Promise<unknown> {
    // It answers to its own names only, and is reached by an address here.
    const { statusCode, body } = await request(`${observatory}${path}`, { headers: { host: "localhost" } });
    if (statusCode === 404) return undefined;
    if (statusCode !== 200) throw new Error(`${path}: ${statusCode} ${(await body.text()).slice(0, 200)}`);
    return body.json();
  }
  return {
    /** Newest first. @param search as the observatory's list of traces takes it */
    async find(search: Readonly<Record<string, string>>): Promise<string[]> {
      const found = list.parse(await get(`/api/traces?${new URLSearchParams(search).toString()}`));
      return found.traces.map(({ traceId }) => traceId);
    },
    /** Undefined for one that has not arrived yet, or has given its place to newer ones. */
    read: async (traceId: string): Promise<Trace | undefined> =>
      detail.optional().parse(await get(`/api/traces/${traceId}`)),
  };
}

/**
 * The versions of a service that answered requests. What it does later and by itself, such as delivering an event, any
 * version of it may do: they share the work that is written down.
 */
export function versionsOf({ spans }: Trace, service: string): Set<string> {
  const own = spans.filter((span) => span.service === service && span.kind === "server");
  return new Set(own.map(({ resource }) => new Map(resource).get("service.version") ?? ""));
}
