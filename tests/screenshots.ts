/**
 * Makes the README's pictures from a mall that runs: `npm start` in one terminal, `npm run screenshots` in another.
 * Buys one thing on the way, so that there is an order to show.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./support/browser.ts";

const baseURL = process.env["MALL_URL"] ?? "http://127.0.0.1:3000";
const folder = join(import.meta.dirname, "../docs/images");

await mkdir(folder, { recursive: true });
const browser = await launchBrowser();
const context = await browser.newContext({
  baseURL,
  locale: "en-US",
  viewport: { width: 1280, height: 800 },
});
const page = await context.newPage();

await take(page, "/", "storefront-home");
await take(page, "/search?q=cofee", "storefront-search");
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
await page.screenshot({ path: join(folder, "storefront-checkout.png") });
await page.locator('[data-testid="place-order"]').click();
await page.waitForURL(/\/confirmation/);
const order = page.url().replace(/\/confirmation.*/, "");
await take(page, order, "storefront-order");
const trace = await page.locator('[data-testid="trace"]').getAttribute("href");
await page.waitForTimeout(6_000); // until the last span has arrived
await take(page, trace ?? "", "observatory-trace");
await take(page, new URL("/", trace ?? "").href, "observatory-overview");
await browser.close();

async function take(at: Page, path: string, name: string): Promise<void> {
  await at.goto(path);
  await at.waitForTimeout(1_500); // pictures, and what arrives by a stream
  await at.screenshot({ path: join(folder, `${name}.png`) });
  process.stdout.write(`docs/images/${name}.png\n`);
}
