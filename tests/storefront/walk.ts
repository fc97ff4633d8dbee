import type { Page } from "playwright-core";

/** Called at each page and state; the page stands as a shopper would see it. */
export type Look = (name: string) => Promise<void>;

const byTestId = (id: string) => `[data-testid="${id}"]`;
const addToCart = `${byTestId("add-to-cart")} button:not([formmethod="get"])`;
const place = byTestId("place-order");
/** Longer than the shop remembers anything. */
const mostReloads = 90;
const reloadMs = 500;

/** Who buys; nothing of it is real. */
const buyer = {
  email: "avery.quill@example.com",
  name: "Avery Quill",
  line1: "48 Larkspur Lane",
  city: "Portland",
  postalCode: "97204",
};

/**
 * Walks through the whole shop as one shopper, past every page and state that a healthy mall has. What it needs of
 * the mall: cards and products as they come. Resolves with the address of an order's page.
 */
export async function walkThroughShop(page: Page, look: Look): Promise<string> {
  await lookAround(page, look);
  await lookAtEmptyLists(page, look);
  await fillCart(page, look);
  await meetRefusals(page, look);
  return buy(page, look);
}

async function lookAround(page: Page, look: Look): Promise<void> {
  for (const [name, path] of Object.entries({
    home: "/",
    category: "/categories/kitchen",
    "category-narrowed": "/categories/kitchen?sort=price&reduced=yes",
    product: "/products/moka-pot",
    "product-reduced": "/products/over-ear-headphones",
    search: "/search?q=lamp",
    "search-nothing": "/search?q=zzzzqqqq",
    offers: "/search?reduced=yes&sort=-price",
    "not-found": "/products/unicorn",
  })) {
    await page.goto(path);
    await look(name);
  }
  await page.goto("/");
  await page.locator(byTestId("search-input")).pressSequentially("mo");
  await page.locator("#suggestions a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  await look("suggestions");
}

async function lookAtEmptyLists(page: Page, look: Look): Promise<void> {
  for (const name of ["cart", "saved", "orders"]) {
    await page.goto(`/${name}`);
    await page.locator(byTestId("empty")).waitFor();
    await look(`${name}-empty`);
  }
  await page.goto("/profile");
  await look("profile");
  await sendUnchecked(page, "profile");
  await page.locator(byTestId("problems")).waitFor();
  await look("profile-problems");
}

async function fillCart(page: Page, look: Look): Promise<void> {
  for (const slug of ["leather-satchel", "cast-iron-skillet", "chess-set"]) {
    await page.goto(`/products/${slug}`);
    await page.locator(addToCart).click();
    await page.waitForURL(/\/cart/);
  }
  await look("cart-added");
  const lines = page.locator(byTestId("cart-line"));
  await lines.nth(0).locator('form[action$="/save"] button').click();
  await lines.nth(2).waitFor({ state: "detached" });
  await lines.nth(0).locator('form[action*="/remove"] button').click();
  await page.locator(byTestId("removed")).waitFor();
  await look("cart-removed");
  await page.goto("/saved");
  await look("saved");
}

async function meetRefusals(page: Page, look: Look): Promise<void> {
  await page.goto("/checkout");
  await look("checkout");
  await page.locator(place).click();
  await page.locator(".field-problem").first().waitFor();
  await look("checkout-checked-in-place");
  await sendUnchecked(page, "checkout", "place");
  await page.locator(byTestId("problems")).waitFor();
  await look("checkout-problems");

  await fillIn(page, "visa-0002");
  await page.locator(place).click();
  await page.locator(byTestId("checkout-problem")).waitFor();
  await look("card-declined");
  await page.locator('[name="cardId"][value="visa-4242"]').check();
  await page
    .locator('[name="expectedAmount"]')
    .evaluate((field) => field.setAttribute("value", `${Number(field.getAttribute("value")) - 100}`));
  await page.locator(place).click();
  await page.locator(byTestId("checkout-problem")).waitFor();
  await look("price-changed");

  await page.goto("/buy-now/leather-satchel?quantity=99");
  await page.locator(byTestId("checkout-problem")).waitFor();
  await look("not-enough-left");
}

async function buy(page: Page, look: Look): Promise<string> {
  await page.goto("/buy-now/moka-pot");
  await look("buy-now");
  await fillIn(page, "visa-4242");
  await page.locator(place).click();
  await page.waitForURL(/\/confirmation/);
  await look("confirmation");
  const order = page.url().replace(/\/confirmation.*/, "");
  await page.goto(order);
  await look("order");
  await page.goto("/orders");
  await look("orders");
  await page
    .locator(`${byTestId("order")}[data-order-state="cancelled"] a`)
    .first()
    .click();
  await page.locator(byTestId("timeline")).waitFor();
  await look("order-cancelled");
  return order;
}

async function fillIn(page: Page, card: string): Promise<void> {
  const form = page.locator(byTestId("checkout"));
  for (const [name, value] of Object.entries(buyer)) await form.locator(`[name="${name}"]`).fill(value);
  await form.locator(`[name="cardId"][value="${card}"]`).check();
  // The postal code is part of the price: the total is worked out again without leaving the page.
  await page.waitForLoadState("networkidle");
}

/** As a browser without the shop's script would, so that the server has to say what is wrong. */
async function sendUnchecked(page: Page, testId: string, intent?: string): Promise<void> {
  await page.locator(byTestId(testId)).evaluate((form: HTMLFormElement, value) => {
    if (value)
      form.append(Object.assign(document.createElement("input"), { name: "intent", value, hidden: true }));
    form.submit();
  }, intent);
}

/** Buys all there is of one thing, so that its page says so. Its shelf is filled again some minutes later. */
export async function sellOut(page: Page, slug: string, look: Look): Promise<void> {
  await page.goto(`/products/${slug}`);
  for (let quantity = 9; quantity > 0; quantity--) {
    await page.goto(`/buy-now/${slug}?quantity=${quantity}`);
    if (!(await page.locator(place).isVisible())) continue;
    await fillIn(page, "visa-4242");
    await page.locator(place).click();
    await page.waitForURL(/\/confirmation/);
    break;
  }
  await page.goto(`/products/${slug}`);
  await page.locator(byTestId("sold-out")).waitFor();
  await look("sold-out");
}

/** While purchase fails: nobody can say whether the order went through. */
export async function lookAtUnknownOutcome(page: Page, look: Look): Promise<void> {
  await page.goto("/buy-now/moka-pot");
  await fillIn(page, "visa-4242");
  await page.locator(place).click();
  await page.locator(byTestId("unknown-outcome")).waitFor();
  await look("unknown-outcome");
}

/**
 * By service, the pages that say something else while it fails, and where they say it. The shop's figures, the cards and
 * the list of currencies have none: what is known of them is shown for as long as they are away.
 */
export const withoutService: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  product: { "/products/moka-pot": byTestId("error") },
  search: { "/search?q=lamp": byTestId("search-down"), "/categories/kitchen": byTestId("search-down") },
  ad: { "/": byTestId("no-ad") },
  currency: { "/cart": byTestId("prices-unconverted") },
  shipping: { "/products/moka-pot": byTestId("no-estimate") },
  cart: { "/cart": byTestId("error") },
  checkout: { "/checkout": byTestId("no-total"), "/orders": byTestId("error") },
};

/** Opens a page until it says what is missing: a service takes up its faults after half a second, and some is remembered. */
export async function openWithout(page: Page, path: string, said: string): Promise<void> {
  for (let tries = 0; tries < mostReloads; tries++) {
    await page.goto(path);
    if (await page.locator(said).isVisible()) return;
    await page.waitForTimeout(reloadMs);
  }
  throw new Error(`${path} never said that something is missing (${said})`);
}
