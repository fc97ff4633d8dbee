import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import {
  annotate,
  type Answer,
  asProblem,
  Conflict,
  InvalidInput,
  problemDocument,
  remainingMs,
} from "@mall/kit";
import {
  type IdempotencyRepository,
  type KeyRecord,
  renewEveryMs,
  type StoredAnswer,
} from "./idempotency-repository.ts";

export type Idempotency = ReturnType<typeof createIdempotency>;

const firstPollMs = 20;
const longestPollMs = 250;
// What is left of a waiter's time when it gives up, to be able to say so.
const reserveMs = 300;

/**
 * `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): the first answer to a key is stored and replayed byte
 * for byte, refusals included; a server-side failure is not stored, so the same key may be sent again. The same key
 * with another request is refused with 422. Requests that meet while the first is under way wait for its answer.
 */
export function createIdempotency(keys: IdempotencyRepository) {
  return {
    /**
     * Runs `work` for at most one of all requests with this key at a time. Throws `InvalidInput`
     * (`idempotency-key-reused`), `Conflict` (`request-in-progress`), and whatever `work` throws.
     */
    async once(key: string, request: unknown, work: () => Promise<Answer>): Promise<Answer> {
      const requestHash = createHash("sha256").update(JSON.stringify(request)).digest("base64url");
      for (let pollMs = firstPollMs; ; pollMs = Math.min(longestPollMs, pollMs * 2)) {
        if (await keys.claim(key, requestHash)) return attempt(key, work);
        const record = await keys.find(key);
        if (!record) continue; // Released in between: try to claim it again.
        assertSameRequest(record, requestHash);
        if (record.answer) return replay(record.answer);
        if (record.abandoned && (await keys.takeOver(key))) return attempt(key, work);
        if (remainingMs() < pollMs + reserveMs) throw stillInProgress();
        await sleep(pollMs);
      }
    },
  };

  async function attempt(key: string, work: () => Promise<Answer>): Promise<Answer> {
    // A renewal that fails is no failure yet: only two more in a row would lose the claim.
    const renewal = setInterval(() => void keys.renew(key).catch(() => undefined), renewEveryMs);
    try {
      const { status, body, headers } = await work();
      const first = { status, contentType: "application/json", body: JSON.stringify(body) };
      return { ...(await keys.storeAnswer(key, first)), ...(headers && { headers }) };
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status >= 500) {
        await keys.release(key);
        throw error;
      }
      const body = JSON.stringify(problemDocument(problem));
      const first = { status: problem.status, contentType: "application/problem+json", body };
      return await keys.storeAnswer(key, first);
    } finally {
      clearInterval(renewal);
    }
  }
}

function assertSameRequest(record: KeyRecord, requestHash: string): void {
  if (record.requestHash === requestHash) return;
  throw new InvalidInput(
    "This Idempotency-Key was used for another order. Make a new key for a new order.",
    [{ field: "idempotency-key", message: "was used with another body" }],
    "idempotency-key-reused",
  );
}

const stillInProgress = () =>
  new Conflict("request-in-progress", "This order is being placed. Ask again with the same key.", {
    retryAfter: 1,
  });

function replay(answer: StoredAnswer): Answer {
  annotate({ "mall.order.replayed": true });
  return answer;
}
