import { launchBrowser } from "@mall/kit/testing/chromium";
import type { Browser } from "playwright-core";
import { waitFor } from "../../machine/wait-for.ts";
import { minute } from "../rollout-steps.ts";
import { expect } from "../expect.ts";
import type { Scenario } from "../scenario.ts";
import { readTraces } from "../traces.ts";
import { mallNamespace } from "../watch-service.ts";

const address = {
  email: "avery.quill@example.com",
  name: "Avery Quill",
  line1: "48 Larkspur Lane",
  city: "Portland",
  postalCode: "97204",
};
/** Envoys name themselves by workload and namespace. */
const gateway = "istio-ingress.istio-ingress";
/** Who takes part in every order. */
const participants = ["frontend", "checkout", "cart", "product", "purchase", "shipping"];

export const purchase: Scenario = {
  name: "purchase",
  title:
    "A browser buys something by the gateway; its order is one trace, from the gateway through all sidecars",

  async run(world) {
    const browser = await launchBrowser();
    try {
      const order = await buy(browser, world.addresses.storefront);
      world.timeline.note("users", `bought, and the order's page links to trace ${order}`);
      const traces = readTraces(world.addresses.observatory);
      const trace = await waitFor(
        "the whole trace",
        async () => {
          const read = await traces.read(order);
          if (!read) return false;
          const { services, badges } = read.summary;
          return participants.every((name) => services.includes(name)) && badges.length === 0 && read;
        },
        { timeoutMs: minute, everyMs: 1_000 },
      );
      const roots = trace.spans.filter(({ parentSpanId }) => parentSpanId === "");
      world.figures["the order's trace"] =
        `${trace.spans.length} spans of ${trace.summary.services.join(", ")}`;
      // A gateway that is given no trace begins one: what the browser tells of the click stays a trace of its own.
      expect(roots.length === 1 && roots[0]?.service === gateway, "it has one root, the gateway's");
      const sidecars = participants.filter(
        (name) => !trace.summary.services.includes(`${name}.${mallNamespace}`),
      );
      expect(sidecars.length === 0, `every sidecar took part (not: ${sidecars.join(", ")})`);
    } finally {
      await browser.close();
    }
  },
};

/** Answers the id of the order's trace. */
async function buy(browser: Browser, baseURL: string): Promise<string> {
  const page = await browser.newPage({ baseURL, locale: "en-US" });
  await page.goto("/products/moka-pot");
  await page.locator('[data-testid="add-to-cart"] button:not([formmethod="get"])').click();
  await page.waitForURL(/\/cart/);
  await page.goto("/checkout");
  for (const [name, value] of Object.entries(address))
    await page.locator(`[data-testid="checkout"] [name="${name}"]`).fill(value);
  await page.locator('[name="cardId"][value="visa-4242"]').check();
  await page.locator('[data-testid="place-order"]').click();
  await page.waitForURL(/\/confirmation/);
  await page.goto(page.url().replace(/\/confirmation.*/, ""));
  const link = await page.locator('[data-testid="trace"]').getAttribute("href");
  const [id] = /[0-9a-f]{32}/.exec(link ?? "") ?? [];
  if (!id) throw new Error("The order's page has no link to its trace.");
  return id;
}
