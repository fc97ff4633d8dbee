import type { Browser } from "./browser.ts";
import { createRandom } from "./random.ts";
import { chooseShopper } from "./shopper.ts";
import { createVisit, type Visit } from "./visit.ts";

/** What a visit to the shop can come to. */
export const journeyNames = [
  "buys a cart",
  "buys one thing now",
  "abandons the cart",
  "looks around",
  "card is refused",
] as const;
export type JourneyName = (typeof journeyNames)[number];

const cardsThatWork = ["visa-4242", "mastercard-4444", "amex-0005", "mastercard-3220"];
const cardsThatDoNot = ["visa-0002"];

const journeys: Readonly<Record<JourneyName, (visit: Visit) => Promise<void>>> = {
  async "buys a cart"(visit) {
    await visit.openHome();
    await visit.search();
    await visit.openProduct();
    await visit.addToCart();
    await visit.openCategory();
    await visit.openProduct();
    await visit.addToCart();
    await visit.openCart();
    await visit.checkout(cardsThatWork);
  },
  async "buys one thing now"(visit) {
    await visit.openHome();
    await visit.openProduct();
    await visit.buyNow(cardsThatWork);
  },
  async "abandons the cart"(visit) {
    await visit.openCategory();
    await visit.openProduct();
    await visit.addToCart();
    await visit.openCart();
  },
  async "looks around"(visit) {
    await visit.openHome();
    await visit.search();
    await visit.openProduct();
    await visit.followAd();
  },
  async "card is refused"(visit) {
    await visit.openCategory();
    await visit.openProduct();
    await visit.addToCart();
    await visit.checkoutRefused(cardsThatDoNot);
  },
};

// Twenty visits in the order in which they come: the shares are exact and the same, whoever runs them.
const mix: readonly JourneyName[] = (
  [
    ["buys a cart", 8],
    ["looks around", 5],
    ["abandons the cart", 4],
    ["buys one thing now", 2],
    ["card is refused", 1],
  ] satisfies [JourneyName, number][]
).flatMap(([name, share]) => Array.from({ length: share }, () => name));

/** The journey of the `index`-th visitor. Neighbours differ: 7 and 20 have no common divisor. */
export const journeyOf = (index: number): JourneyName => mix[(index * 7) % mix.length] ?? "looks around";

/**
 * The journey that benchmarks of shops measure: home, product, add to cart, cart, checkout; one product, a card that
 * works. Throws `UnexpectedPage` when a page is not what it should be.
 */
export async function buyFromCart(browser: Browser, index: number, seed: number): Promise<void> {
  const random = createRandom(seed + index);
  const visit = createVisit(browser, chooseShopper(random), random);
  await visit.openHome();
  await visit.openProduct();
  await visit.addToCart(1);
  await visit.openCart();
  await visit.checkout(cardsThatWork);
}

/** Sends one visitor through the shop. Throws `UnexpectedPage` when a page is not what it should be. */
export async function visitShop(browser: Browser, index: number, seed: number): Promise<void> {
  const random = createRandom(seed + index);
  await journeys[journeyOf(index)](createVisit(browser, chooseShopper(random), random));
}
