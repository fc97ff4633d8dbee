import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import type { Browser, Page } from "playwright-core";
import { launchBrowser, openPage } from "./support/browser.ts";
import { tracesOf } from "./support/traces.ts";
import { startWholeMall, type WholeMall } from "./support/whole-mall.ts";

let mall: WholeMall;
let browser: Browser;

beforeAll(async () => {
  [mall, browser] = await Promise.all([startWholeMall(), launchBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await mall?.stop();
});

const byTestId = (page: Page, id: string) => page.locator(`[data-testid="${id}"]`);

describe.each([
  ["with JavaScript", true],
  ["with JavaScript switched off", false],
])("a shopper from Korea, %s", (_how, javaScriptEnabled) => {
  test("searches in Korean, fills a cart, changes the currency, checks out and finds the order", async () => {
    const { page, complaints } = await openPage(browser, {
      baseURL: mall.url("frontend"),
      locale: "ko-KR",
      javaScriptEnabled,
    });

    await page.goto("/");
    expect(await page.locator("html").getAttribute("lang")).toBe("ko");
    await byTestId(page, "search-input").fill("모카포트를");
    await byTestId(page, "search-submit").click();
    const firstHit = byTestId(page, "product-card").first();
    expect(await firstHit.getAttribute("data-product-slug")).toBe("moka-pot");
    await firstHit.locator("a").click();
    await byTestId(page, "add-to-cart").locator('button:not([formmethod="get"])').click();
    await page.waitForURL(/\/cart/);

    await page.goto("/categories/stationery");
    await byTestId(page, "product-card").locator("a").first().click();
    await byTestId(page, "add-to-cart").locator('button:not([formmethod="get"])').click();
    await page.waitForURL(/\/cart/);
    expect(await byTestId(page, "cart-line").count()).toBe(2);

    await choosePreferences(page, "KRW");
    expect(await byTestId(page, "subtotal").innerText()).toMatch(/^₩[\d,]+$/);

    await byTestId(page, "to-checkout").click();
    await fillCheckout(page);
    const promised = await byTestId(page, "total").innerText();
    await byTestId(page, "place-order").click();

    await page.waitForURL(/\/orders\/[\da-f-]+\/confirmation/);
    await byTestId(page, "confirmation").waitFor();
    const [, orderId = ""] = /orders\/([\da-f-]+)\/confirmation/.exec(page.url()) ?? [];
    expect(promised).toMatch(/^₩[\d,]+$/);
    expect(await page.content()).toContain(promised);
    await page.goto("/orders");
    expect(await byTestId(page, "order").first().getAttribute("data-order-id")).toBe(orderId);
    await page.goto(`/orders/${orderId}`);
    expect(await byTestId(page, "timeline").locator("li").count()).toBeGreaterThanOrEqual(4);
    expect(complaints).toEqual([]);

    const traceId = await eventually(async () => {
      const href = (await byTestId(page, "trace").getAttribute("href")) ?? "";
      const [, id = ""] = /([\da-f]{32})/.exec(href) ?? [];
      expect(tracesOf(mall.receiver.spans).find((trace) => trace.id === id)?.roots[0]?.name).toBe(
        "POST /checkout",
      );
      return id;
    });
    await mall.receiver.quiet();
    const trace = tracesOf(mall.receiver.spans).find(({ id }) => id === traceId);
    expect(trace?.roots).toHaveLength(1);
    expect(trace?.orphans).toEqual([]);
    await page.context().close();
  });
});

async function choosePreferences(page: Page, currency: string): Promise<void> {
  const form = byTestId(page, "preferences");
  await form.locator('select[name="currency"]').selectOption(currency);
  const apply = form.locator('button[type="submit"]');
  // With JavaScript the choice itself may send the form.
  if (await apply.isVisible()) await apply.click();
  await page.waitForLoadState();
}

async function fillCheckout(page: Page): Promise<void> {
  const form = byTestId(page, "checkout");
  await form.locator('[name="email"]').fill("sora.kim@example.com");
  await form.locator('[name="name"]').fill("김소라");
  await form.locator('[name="line1"]').fill("테헤란로 501");
  await form.locator('[name="city"]').fill("서울");
  await form.locator('[name="postalCode"]').fill("06168");
  await form.locator('[name="country"]').selectOption("KR");
  await form.locator('[name="cardId"][value="visa-4242"]').check();
}
