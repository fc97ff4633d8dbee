import type { IncomingMessage, ServerResponse } from "node:http";
import { HttpProblem } from "./problem.ts";

const LOOPBACK_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);

const SECURITY_HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
} as const;

/** On every answer, errors included. There are no CORS headers: nobody else's page may read telemetry. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
}

/**
 * A foreign name in Host is DNS rebinding: a web page that had its own name resolve to this address. A foreign Origin
 * is a web page that sends without asking. Programs send no Origin and pass.
 *
 * @param allowedHosts names besides the loopback ones, lower-case
 * @throws {HttpProblem} 403
 */
export function refuseForeign({ headers }: IncomingMessage, allowedHosts: readonly string[]): void {
  const host = (headers.host ?? "").toLowerCase();
  const name = host.replace(/:\d+$/, "");
  const isAllowed = allowedHosts.includes(name);
  if (!isAllowed && !LOOPBACK_NAMES.has(name)) {
    throw new HttpProblem(
      403,
      "Foreign host",
      "Open the observatory as http://127.0.0.1 or http://localhost, or name this host in ALLOWED_HOSTS.",
    );
  }
  // Only a name that others can reach may have a gateway with TLS before it.
  const ownOrigins = isAllowed ? [`http://${host}`, `https://${host}`] : [`http://${host}`];
  if (headers.origin !== undefined && !ownOrigins.includes(headers.origin.toLowerCase())) {
    throw new HttpProblem(403, "Foreign origin", "Other pages may not call the observatory.");
  }
}

/** The media type without parameters, lower-case. @throws {HttpProblem} 415 when it is none of `accepted`. */
export function requireMediaType<Type extends string>(
  { headers }: IncomingMessage,
  accepted: readonly Type[],
): Type {
  const sent = (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  const type = accepted.find((candidate) => candidate === sent);
  if (type === undefined) {
    throw new HttpProblem(415, "Unsupported media type", `Send ${accepted.join(" or ")}.`);
  }
  return type;
}
