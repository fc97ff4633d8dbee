import type { Page } from "playwright-core";

const mostStops = 90;

/**
 * Presses Tab until the focus is where the selector says. Throws when it does not come there, or when it is on its
 * way somewhere where it cannot be seen.
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press("Tab");
    const { arrived, hidden } = await page.evaluate(focusNow, selector);
    if (hidden) throw new Error(`nobody sees that the focus is on ${hidden}`);
    if (arrived) return;
  }
  throw new Error(`Tab does not lead to ${selector}`);
}

/** Runs in the page. */
function focusNow(selector: string): { arrived: boolean; hidden: string | undefined } {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return { arrived: false, hidden: undefined };
  const outlined = (element: Element | null, part?: string): boolean => {
    if (!element) return false;
    const { outlineStyle, outlineWidth } = getComputedStyle(element, part);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  };
  // A card shows the focus of its link around itself, the search that of its field.
  const seen = outlined(focused) || outlined(focused, "::after") || outlined(focused.closest("search form"));
  const { top, bottom, width } = focused.getBoundingClientRect();
  const inWindow = bottom > 0 && top < innerHeight && width > 0;
  const hidden = seen && inWindow ? undefined : focused.outerHTML.slice(0, 120);
  return { arrived: focused.matches(selector), hidden };
}

/** Buys a moka pot without ever touching a mouse. Resolves when the order is confirmed. */
export async function buyByKeyboard(page: Page): Promise<void> {
  const { keyboard } = page;
  await page.goto("/");
  await tabTo(page, ".skip-link");
  await tabTo(page, '[data-testid="search-input"]');
  await keyboard.type("moka pot");
  await keyboard.press("Enter");
  await page.waitForURL(/\/search/);
  await tabTo(page, '[data-product-slug="moka-pot"] a');
  await keyboard.press("Enter");
  await page.waitForURL(/\/products\//);
  await tabTo(page, '[data-testid="add-to-cart"] [name="quantity"]');
  await tabTo(page, '[data-testid="add-to-cart"] button:not([formmethod="get"])');
  await keyboard.press("Enter");
  await page.waitForURL(/\/cart/);
  await tabTo(page, '[data-testid="to-checkout"]');
  await keyboard.press("Enter");
  await page.waitForURL(/\/checkout/);
  for (const [name, value] of Object.entries({
    email: "sora.kim@example.com",
    name: "Sora Kim",
    line1: "501 Teheran-ro",
    city: "Seoul",
    postalCode: "06168",
  })) {
    await tabTo(page, `[data-testid="checkout"] [name="${name}"]`);
    await keyboard.type(value);
  }
  await tabTo(page, '[name="cardId"]');
  await keyboard.press("Space");
  await tabTo(page, '[data-testid="place-order"]');
  await keyboard.press("Enter");
  await page.waitForURL(/\/confirmation/);
}
