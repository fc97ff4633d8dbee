import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { WholeMall } from "./whole-mall.ts";

export interface PlacedOrder {
  status: number;
  text: string;
  /** Of a confirmed order and of a refused one alike; absent when nothing was stored. */
  orderId: string | undefined;
  /** Requests that it took. */
  attempts: number;
}

export interface Patience {
  key?: string;
  patienceMs?: number;
  /** Told of each try: whether it brought an answer other than "later". */
  onAnswer?: (good: boolean) => void;
}

const pauseMs = 100;
// Longer than checkout ever takes: who hears nothing until then was forgotten.
const answerMs = 15_000;

/** An honest shopper in Seoul with a card that works, unless a test says otherwise. */
export const shopper = {
  cardId: "visa-4242",
  currency: "USD",
  locale: "en",
  email: "jiwoo.han@example.com",
  address: { name: "Jiwoo Han", line1: "12 Sejong-daero", city: "Seoul", postalCode: "04524", country: "KR" },
};

/**
 * Orders as a client should: after no answer, or one that says "later", the same request is sent again with the same
 * Idempotency-Key. Rejects when there is no answer in `patienceMs`.
 */
export async function orderPatiently(
  mall: Pick<WholeMall, "url">,
  order: object,
  { key = randomUUID(), patienceMs = 40_000, onAnswer = () => {} }: Patience = {},
): Promise<PlacedOrder> {
  const giveUpAt = performance.now() + patienceMs;
  for (let attempts = 1; performance.now() < giveUpAt; attempts++) {
    const answer = await post(`${mall.url("checkout")}/orders`, key, { ...shopper, ...order });
    const isFinal = answer !== undefined && !isLater(answer);
    onAnswer(isFinal);
    if (isFinal) return { ...answer, orderId: orderIdIn(answer.text), attempts };
    await sleep(pauseMs);
  }
  throw new Error(`the order with key ${key} was not answered within ${patienceMs} ms`);
}

interface Answered {
  status: number;
  text: string;
}

async function post(url: string, key: string, body: object): Promise<Answered | undefined> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(answerMs),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined; // Nobody there, or gone before the answer.
  }
}

const isLater = ({ status, text }: Answered): boolean =>
  status >= 500 || (status === 409 && text.includes("request-in-progress"));

function orderIdIn(text: string): string | undefined {
  const { id, orderId } = JSON.parse(text) as { id?: string; orderId?: string };
  return id ?? orderId;
}
