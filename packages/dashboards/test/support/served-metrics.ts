import { randomUUID } from "node:crypto";
import { checkout } from "@mall/checkout";
import { info } from "@mall/info";
import { eventually, startForTest } from "@mall/kit/testing";
import { anEvent } from "../../../../services/info/test/order-events.ts";
import { parseExposition } from "../../../observatory/src/metrics/exposition.ts";
import { parseSeries } from "../../../observatory/src/metrics/exposition-syntax.ts";

/** Label names by metric. */
export type ServedMetrics = ReadonlyMap<string, ReadonlySet<string>>;

// Nobody listens there, so that a call to it is counted as one that failed.
const nobody = "http://127.0.0.1:9";

/**
 * What the mall's services really export: checkout and info have metrics of their own, and what the others have, the
 * kit gives to these two as well. Both are used a little first, for a metric that counted nothing has no labels yet.
 */
export async function servedMetrics(): Promise<ServedMetrics> {
  const [shop, orders] = await Promise.all([
    startForTest(info, { SHIPPING_URL: nobody }),
    startForTest(
      checkout,
      Object.fromEntries(
        ["CART", "PRODUCT", "CURRENCY", "PURCHASE", "SHIPPING", "EMAIL", "INFO"].map((peer) => [
          `${peer}_URL`,
          nobody,
        ]),
      ),
    ),
  ]);
  try {
    await post(`${shop.url}/events`, anEvent());
    await post(`${orders.url}/quotes`, {
      cartId: randomUUID(),
      currency: "USD",
      country: "KR",
      locale: "en",
    });
    return await eventually(async () => {
      const pages = await Promise.all([shop.url, orders.url].map(metricsAt));
      const metrics = merge(pages.flatMap((page) => [...parseExposition(page, "openmetrics")]));
      if (!metrics.has("mall_revenue_minor_units_total")) throw new Error("the sale is not counted yet");
      return metrics;
    });
  } finally {
    await Promise.all([shop.stop(), orders.stop()]);
  }
}

const post = (url: string, body: object) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

const metricsAt = async (url: string) => (await fetch(`${url}/metrics`)).text();

function merge(samples: readonly { readonly series: string }[]): ServedMetrics {
  const metrics = new Map<string, Set<string>>();
  for (const { series } of samples) {
    const labels = parseSeries(series);
    const name = labels.get("__name__");
    metrics.set(name, new Set([...(metrics.get(name) ?? []), ...labels.pairs.map(([label]) => label)]));
  }
  return metrics;
}
