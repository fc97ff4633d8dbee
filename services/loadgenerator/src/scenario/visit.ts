import {
  type Browser,
  type Page,
  type PageRequest,
  type StepName,
  TurnedAway,
  UnexpectedPage,
} from "./browser.ts";
import { attributeOf, formByTestId, hiddenFields, tagsByTestId } from "./html.ts";
import type { Random } from "./random.ts";
import type { Shopper } from "./shopper.ts";

export type Visit = ReturnType<typeof createVisit>;

/** One shopper in the shop: what they can do next, and what each page must show them. */
export function createVisit(browser: Browser, shopper: Shopper, random: Random) {
  let seenProducts: string[] = [];
  let productPage = "";

  async function load(step: StepName, path: string, expected = 200): Promise<Page> {
    return ask({ step, method: "GET", path, language: shopper.language }, expected);
  }

  async function post(
    step: StepName,
    path: string,
    form: Record<string, string>,
    expected: number,
  ): Promise<Page> {
    return ask({ step, method: "POST", path, form, language: shopper.language }, expected);
  }

  async function ask(request: PageRequest, expected: number): Promise<Page> {
    return assertStatus(request.step, await browser.request(request), expected);
  }

  /** Remembers the products on a page, those that are sold out aside. */
  function look({ body }: Page): void {
    const slugs = tagsByTestId(body, "product-card").map(
      (tag) => attributeOf(tag, "data-product-slug") ?? "",
    );
    if (slugs.length > 0) seenProducts = slugs;
  }

  async function openCategory(): Promise<void> {
    const slug = random.pick([
      "kitchen",
      "home",
      "stationery",
      "audio",
      "bags",
      "accessories",
      "outdoor",
      "toys",
    ]);
    look(await load("category", `/categories/${slug}`));
  }

  async function order(path: string, cards: readonly string[], expected: number): Promise<Page> {
    const { address, currency } = shopper;
    const form = { ...address, currency, cardId: random.pick(cards), quantity: "1" };
    const quote = await post("quote", path, { ...form, intent: "update" }, 200);
    const fields = formByTestId(quote.body, "checkout");
    if (!fields) throw new UnexpectedPage("quote", "shows no form to order with");
    const placed = { ...form, ...hiddenFields(fields), intent: "place" };
    const page = await browser.request({
      step: "place order",
      method: "POST",
      path,
      form: placed,
      language: shopper.language,
    });
    // Somebody else was faster: the stock or the price has changed since the quote.
    if (page.status === 409) throw new TurnedAway("sold out or changed");
    return assertStatus("place order", page, expected);
  }

  async function confirm({ location }: Page): Promise<void> {
    const page = await load("confirmation", location);
    if (tagsByTestId(page.body, "confirmation").length === 0)
      throw new UnexpectedPage("confirmation", "does not confirm the order");
  }

  return {
    openCategory,

    async openHome() {
      look(await load("home", "/"));
    },

    async search() {
      look(await load("search", `/search?q=${encodeURIComponent(random.pick(shopper.searches))}`));
    },

    /** One of the products on the page before; one that is sold out leads to another. */
    async openProduct() {
      if (seenProducts.length === 0) await openCategory();
      const first = random.between(0, seenProducts.length - 1);
      for (let tries = 0; tries < seenProducts.length; tries++) {
        const slug = seenProducts[(first + tries) % seenProducts.length] ?? "";
        productPage = (await load("product", `/products/${slug}`)).body;
        if (formByTestId(productPage, "add-to-cart")) return;
      }
      throw new TurnedAway("everything on the page is sold out");
    },

    async followAd() {
      const click = /<form\s[^>]*action="(\/ads\/[^"]+)"[^>]*>/.exec(productPage);
      if (!click?.[1]) return; // An ad is optional: a shop without one is still a shop.
      const { location } = await post("ad", click[1], hiddenFields(productPage.slice(click.index)), 303);
      productPage = (await load("product", location)).body;
    },

    async addToCart(quantity = random.between(1, 2)) {
      const form = formByTestId(productPage, "add-to-cart") ?? "";
      await post("add to cart", "/cart/items", { ...hiddenFields(form), quantity: String(quantity) }, 303);
    },

    async openCart() {
      const { body } = await load("cart", "/cart");
      if (tagsByTestId(body, "cart-line").length === 0) throw new UnexpectedPage("cart", "is empty");
    },

    async checkout(cards: readonly string[]) {
      await load("checkout", "/checkout");
      await confirm(await order("/checkout", cards, 303));
    },

    async checkoutRefused(cards: readonly string[]) {
      await load("checkout", "/checkout");
      await order("/checkout", cards, 402);
    },

    async buyNow(cards: readonly string[]) {
      const article = tagsByTestId(productPage, "product")[0] ?? "";
      const form = /formAction="([^"]+)"|formaction="([^"]+)"/.exec(productPage);
      const path = form?.[1] ?? form?.[2];
      if (!path)
        throw new UnexpectedPage(
          "product",
          `${attributeOf(article, "data-product-id")} cannot be bought now`,
        );
      await load("buy now", `${path}?quantity=1`);
      await confirm(await order(path, cards, 303));
    },
  };
}

function assertStatus(step: StepName, page: Page, expected: number): Page {
  if (page.status === expected) return page;
  throw new UnexpectedPage(step, `answered ${page.status} instead of ${expected}`);
}
