import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "@mall/loadgenerator";
import { orderPatiently } from "../support/patient-buyer.ts";
import type { WiredMall } from "./wired-mall.ts";
import type { Witnesses } from "./witnesses.ts";

export interface BuyersTerms {
  /** Orders to place at least. */
  orders: number;
  buyers: number;
  seed: number;
  /** Who is going to be sold out in no run. */
  products: readonly string[];
  /** More are placed until this says that it is enough. */
  mayStop: () => boolean;
  witnesses: Witnesses;
}

export interface Bought {
  placed: number;
  /** Ids of the orders that buyers were told of. */
  acknowledged: string[];
  /** Keys that were never answered, which is a failure of its own. */
  unanswered: string[];
}

const currencies = ["USD", "KRW", "EUR"];
const PATIENCE_MS = 90_000;
const PAUSE_MS = 120;

/**
 * Buyers who order again and again, each order with a key and a mail address of its own. One in ten is impatient and
 * sends it twice at once; one in twenty has a card that is refused.
 */
export async function buyUntilEnough(mall: WiredMall, terms: BuyersTerms): Promise<Bought> {
  const bought: Bought = { placed: 0, acknowledged: [], unanswered: [] };
  const random = createRandom(terms.seed);

  async function buyOnce(): Promise<void> {
    const number = (bought.placed += 1);
    const key = randomUUID();
    const order = {
      email: `buyer-${number}@example.com`,
      currency: random.pick(currencies),
      cardId: random.between(1, 20) === 1 ? "visa-0002" : "visa-4242",
      line: { productId: random.pick(terms.products), quantity: random.between(1, 3) },
    };
    const times = random.between(1, 10) === 1 ? 2 : 1;
    const sent = Array.from({ length: times }, () =>
      orderPatiently(mall, order, {
        key,
        patienceMs: PATIENCE_MS,
        onAnswer: (good) => terms.witnesses.saw("buyer", good),
      }),
    );
    for (const answer of await Promise.allSettled(sent)) {
      if (answer.status === "rejected") bought.unanswered.push(key);
      else if (answer.value.orderId) bought.acknowledged.push(answer.value.orderId);
    }
  }

  async function comeAgain(): Promise<void> {
    while (bought.placed < terms.orders || !terms.mayStop()) {
      await buyOnce();
      await sleep(PAUSE_MS);
    }
  }

  await Promise.all(Array.from({ length: terms.buyers }, comeAgain));
  return bought;
}
