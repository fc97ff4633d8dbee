import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { eventually, type ReceivedSpan as Span } from "@mall/kit/testing";
import type { Browser, Page } from "playwright-core";
import { buyByKeyboard } from "./storefront/keyboard.ts";
import { layoutProblems } from "./storefront/layout-problems.ts";
import { launchBrowser, openPage } from "@mall/kit/testing/chromium";
import { type Trace, tracesOf } from "./support/traces.ts";
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

    expect(await byTestId(page, "subtotal").innerText()).toMatch(/^₩[\d,]+$/);
    await choosePreferences(page, "EUR");
    expect(await byTestId(page, "subtotal").innerText()).toMatch(/^€[\d,.]+$/);

    await byTestId(page, "to-checkout").click();
    await fillCheckout(page);
    const promised = await byTestId(page, "total").innerText();
    await byTestId(page, "place-order").click();

    await page.waitForURL(/\/orders\/[\da-f-]+\/confirmation/);
    await byTestId(page, "confirmation").waitFor();
    const shownAt = performance.now();
    const [, orderId = ""] = /orders\/([\da-f-]+)\/confirmation/.exec(page.url()) ?? [];
    const { id: traceId, roots } = await traceOfOrder(orderId);
    expect(performance.now() - shownAt).toBeLessThan(2_000);
    expect(roots).toMatchObject([
      javaScriptEnabled
        ? { service: "storefront-web", name: "submit place-order", kind: "internal" }
        : { service: "frontend", name: "POST /checkout", kind: "server" },
    ]);
    expect(promised).toMatch(/^€[\d,.]+$/);
    expect(await page.content()).toContain(promised);
    await page.goto("/orders");
    expect(await byTestId(page, "order").first().getAttribute("data-order-id")).toBe(orderId);
    await page.goto(`/orders/${orderId}`);
    expect(await byTestId(page, "timeline").locator("li").count()).toBeGreaterThanOrEqual(4);
    expect(complaints).toEqual([]);

    expect(await byTestId(page, "trace").getAttribute("href")).toContain(`/traces/${traceId}`);
    await page.context().close();
  }, 60_000);
});

describe("the traces that begin in the shopper's browser", () => {
  const browserSpans = () => mall.receiver.spans.filter(({ service }) => service === "storefront-web");
  const childrenOf = (parent: Span | undefined) =>
    mall.receiver.spans.filter(
      (span) => span.traceId === parent?.traceId && span.parentSpanId === parent.spanId,
    );
  let page: Page;

  beforeAll(async () => {
    ({ page } = await openPage(browser, { baseURL: mall.url("frontend"), locale: "es-ES" }));
  });
  afterAll(() => page.context().close());

  test("hold the order's click, both of its requests, every service, and the page that it led to", () => {
    const purchase = tracesOf(mall.receiver.spans).find(
      ({ roots: [root] }) => root?.name === "submit place-order",
    );
    const services = new Set(purchase?.spans.map(({ service }) => service));
    expect([...services].toSorted()).toEqual(
      "cart checkout currency frontend product purchase shipping storefront-web".split(" "),
    );
    const [navigation] = childrenOf(purchase?.roots[0]);
    expect(navigation).toMatchObject({
      name: "POST",
      kind: "client",
      attributes: { "url.path": "/checkout", "http.request.method": "POST" },
    });
    const served = childrenOf(navigation);
    expect(served.map(({ name }) => name)).toEqual(["POST /checkout", "GET /orders/{id}/confirmation"]);
    const [load] = childrenOf(served[1]).filter(({ service }) => service === "storefront-web");
    expect(load?.name).toBe("page load");
  });

  test("end with their navigation: what is asked for next is in another trace", async () => {
    const since = Date.now();
    await page.goto("/");
    await byTestId(page, "product-card").locator("a").first().click();
    await page.waitForURL(/products/);
    // By a script, so that nothing but the end of the last navigation keeps it out of that one's trace.
    await page.evaluate('location.assign("/search")');
    await page.waitForURL(/search/);
    await byTestId(page, "search-input").pressSequentially("moka");
    await page.locator("#suggestions a").first().waitFor();

    const [product, search, suggest] = await eventually(() => {
      const served = (name: string) =>
        mall.receiver.spans.findLast(
          (span) => span.service === "frontend" && span.name === name && span.startMs >= since,
        );
      const spans = [served("GET /products/{slug}"), served("GET /search"), served("GET /suggest")];
      const parents = spans.map((span) =>
        mall.receiver.spans.find(({ spanId }) => spanId === span?.parentSpanId),
      );
      expect(parents[0]).toMatchObject({
        service: "storefront-web",
        attributes: { "url.path": spans[0]?.attributes["url.path"] },
      });
      expect(spans[1]).toMatchObject({ parentSpanId: undefined });
      expect(parents[2]).toMatchObject({ service: "storefront-web", name: "GET", kind: "client" });
      return spans;
    });

    expect(new Set([product?.traceId, search?.traceId, suggest?.traceId]).size).toBe(3);
    const suggestion = tracesOf(mall.receiver.spans).find(({ id }) => id === suggest?.traceId);
    expect(suggestion?.roots.map(({ name }) => name)).toEqual(["input search-input"]);
  });

  test("have each page load once, under the span that served it and not before it, Back and Forward included", async () => {
    await page.goBack();
    await page.goForward();
    await page.reload();
    await mall.receiver.quiet();

    const loads = browserSpans().filter(({ name }) => name === "page load");
    expect(loads.length).toBeGreaterThan(8);
    const served = new Map(mall.receiver.spans.map((span) => [span.spanId, span]));
    const early = loads.filter(
      ({ startMs, parentSpanId = "" }) => startMs < (served.get(parentSpanId)?.startMs ?? Infinity),
    );
    expect(early).toEqual([]);
    expect(new Set(loads.map(({ parentSpanId }) => parentSpanId)).size).toBe(loads.length);
  });

  test("are complete, and tell nothing that was typed", () => {
    const traces = tracesOf(mall.receiver.spans);
    expect(traces.flatMap(({ orphans }) => orphans)).toEqual([]);
    expect(traces.filter(({ roots }) => roots.length !== 1)).toEqual([]);
    const typed = ["sora.kim", "김소라", "테헤란로", "06168", "모카포트"];
    const sent = JSON.stringify(browserSpans());
    expect(typed.filter((word) => sent.includes(word) || sent.includes(encodeURIComponent(word)))).toEqual(
      [],
    );
  });
});

test("a whole purchase needs no mouse, and the focus is always seen", async () => {
  const { page } = await openPage(browser, { baseURL: mall.url("frontend"), locale: "en-US" });

  await buyByKeyboard(page);

  expect(await byTestId(page, "confirmation").getAttribute("data-order-state")).toBe("confirmed");
  await page.context().close();
}, 60_000);

test("with pictures switched off every page says in words what they show, and nothing moves", async () => {
  const { page } = await openPage(browser, { baseURL: mall.url("frontend"), locale: "en-US" });
  await page.route(/\.svg/, (request) => request.abort());

  for (const path of ["/", "/categories/kitchen", "/products/moka-pot", "/search?q=lamp"]) {
    await page.goto(path);
    expect(await layoutProblems(page)).toEqual([]);
    const nameless = await page.locator("a, button").evaluateAll((all) =>
      all
        .filter((each) => !each.textContent?.trim() && !each.getAttribute("aria-label"))
        .filter((each) => !each.querySelector('img[alt]:not([alt=""])'))
        .map((each) => each.outerHTML),
    );
    expect(nameless).toEqual([]);
  }
  await page.context().close();
}, 60_000);

/** The trace in which the order was placed, once what placed it has been received. */
function traceOfOrder(orderId: string): Promise<Trace> {
  return eventually(() => {
    const trace = tracesOf(mall.receiver.spans).find(({ spans }) =>
      spans.some(
        ({ name, attributes }) => name === "POST /checkout" && attributes["mall.order.id"] === orderId,
      ),
    );
    if (!trace) throw new Error(`there is no trace of the order ${orderId}`);
    expect(trace.orphans).toEqual([]);
    return trace;
  });
}

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
