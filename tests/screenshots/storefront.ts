import type { Browser } from "playwright-core";
import { picture, pictureOf } from "./pictures.ts";

/** Buys a thing and takes a picture of each page on the way; answers the address of its order's trace. */
export async function storefrontPictures(browser: Browser, url: string): Promise<string> {
  const page = await browser.newPage({
    baseURL: url,
    locale: "en-US",
    viewport: { width: 1280, height: 800 },
  });
  await pictureOf(page, "/", "storefront-home", "main");
  await pictureOf(page, "/search?q=cofee", "storefront-search", "main");
  await page.goto("/products/moka-pot");
  await page.locator('[data-testid="add-to-cart"] button:not([formmethod="get"])').click();
  await page.waitForURL(/\/cart/);
  await page.goto("/checkout");
  for (const [name, value] of Object.entries({
    email: "avery.quill@example.com",
    name: "Avery Quill",
    line1: "48 Larkspur Lane",
    city: "Portland",
    postalCode: "97204",
  })) {
    await page.locator(`[data-testid="checkout"] [name="${name}"]`).fill(value);
  }
  await page.locator('[name="cardId"][value="visa-4242"]').check();
  await picture(page, "storefront-checkout");
  await page.locator('[data-testid="place-order"]').click();
  await page.waitForURL(/\/confirmation/);
  const trace = page.locator('[data-testid="trace"]');
  await pictureOf(
    page,
    page.url().replace(/\/confirmation.*/, ""),
    "storefront-order",
    '[data-testid="trace"]',
  );
  const address = await trace.getAttribute("href");
  await page.close();
  if (!address) throw new Error("The order's page has no link to its trace.");
  return address;
}
