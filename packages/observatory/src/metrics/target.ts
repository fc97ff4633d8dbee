import { z } from "zod";
import { entriesOf } from "../comma-separated.ts";

/** A service instance whose metrics are scraped. */
export type Target = {
  readonly service: string;
  /** `host:port`, as Prometheus names it. */
  readonly instance: string;
  readonly url: string;
};

const address = z.url({ protocol: /^https?$/ });

/**
 * Reads `cart=http://127.0.0.1:8008,info=http://127.0.0.1:8010`: a service and the address under which its /metrics
 * is. A service with several instances is named once for each.
 * @throws {Error} naming the entry that is wrong
 */
export const parseTargets = (text: string): readonly Target[] => entriesOf(text).map(parseTarget);

function parseTarget(entry: string): Target {
  const at = entry.indexOf("=");
  const service = entry.slice(0, Math.max(at, 0));
  const url = address.safeParse(entry.slice(at + 1));
  if (!/^[\w-]+$/.test(service) || !url.success)
    throw new Error(`METRICS_TARGETS: ${JSON.stringify(entry)} is not of the form service=http://host:port`);
  const { host } = new URL(url.data);
  return { service, instance: host, url: new URL("/metrics", url.data).href };
}
