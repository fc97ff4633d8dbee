import { cutText } from "./any-value.ts";
import { textAttribute } from "./attributes.ts";
import { limits } from "./limits.ts";
import type { Resource } from "./span.ts";
import type { StringPool } from "./string-pool.ts";
import { countedAttributes, type Tally } from "./tally.ts";
import type { WireRecord } from "./wire.ts";

/** Which process sent this. */
export function readResource(wire: WireRecord, pool: StringPool, tally: Tally): Resource {
  const { attributes } = countedAttributes(wire["attributes"], pool, tally);
  const service = textAttribute(attributes, "service.name") ?? "unknown_service";
  return { service: pool(cutText(service, limits.serviceNameLength)), attributes };
}
