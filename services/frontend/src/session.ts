import { createHash, randomBytes } from "node:crypto";

/**
 * A session is a secret that only the shopper's browser and this service know. Every other service knows it by a
 * digest, so that neither their databases nor a trace holds anything that would open the session.
 */
export const newSessionSecret = (): string => randomBytes(32).toString("base64url");

/** The id that services are given for a session; undefined when the cookie is none of ours. */
export function sessionIdOf(secret: string | undefined): string | undefined {
  if (!secret || !/^[\w-]{43}$/.test(secret)) return undefined;
  return createHash("sha256").update(`mall-session:${secret}`).digest("hex");
}
