import { createHash, createHmac, createSecretKey, randomBytes, timingSafeEqual } from "node:crypto";
import type { Database } from "@mall/kit";
import type { FrontendSchema } from "./migrations/schema.ts";

export interface Sessions {
  /** A new session's cookie. */
  issue(): string;
  /** The id that other services are given for a session; undefined when the cookie was not issued here. */
  idOf(cookie: string | undefined): string | undefined;
}

/**
 * A session is a secret that only the shopper's browser and this service know. Every other service knows it by a
 * digest, so that neither their databases nor a trace holds anything that would open the session. It is signed:
 * nobody begins a session by making one up for somebody else.
 */
export function createSessions(key: Buffer): Sessions {
  const prepared = createSecretKey(key); // a third of the time that the bytes take, each time
  const signatureOf = (secret: string): Buffer => createHmac("sha256", prepared).update(secret).digest();
  return {
    issue() {
      const secret = randomBytes(32).toString("base64url");
      return `${secret}.${signatureOf(secret).toString("base64url")}`;
    },
    idOf(cookie = "") {
      const [, secret, signature] = /^([\w-]{43})\.([\w-]{43})$/.exec(cookie) ?? [];
      if (!secret || !signature) return undefined;
      if (!timingSafeEqual(Buffer.from(signature, "base64url"), signatureOf(secret))) return undefined;
      return createHash("sha256").update(`mall-session:${secret}`).digest("hex");
    },
  };
}

/** The key that all storefronts of one database sign with. */
export async function readSessionKey(database: Database<FrontendSchema>): Promise<Buffer> {
  const { key } = await database.selectFrom("session_key").select("key").executeTakeFirstOrThrow();
  return key;
}
