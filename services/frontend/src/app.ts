import { defineService, type Service } from "@mall/kit";
import compression from "compression";
import { admissionOf } from "./admission.ts";
import { loadAssets } from "./assets.ts";
import { believeHeaders } from "./browser-traces/believed-headers.ts";
import { createCollector } from "./browser-traces/collector.ts";
import { browserTraceRoute } from "./browser-traces/relay-route.ts";
import { cached } from "./cached.ts";
import { createCatalogue } from "./catalogue.ts";
import { createAdClient } from "./clients/ad-client.ts";
import { createCartClient } from "./clients/cart-client.ts";
import { createCheckoutClient } from "./clients/checkout-client.ts";
import { createCurrencyClient } from "./clients/currency-client.ts";
import { createInfoClient } from "./clients/info-client.ts";
import { createProductClient } from "./clients/product-client.ts";
import { createPurchaseClient } from "./clients/purchase-client.ts";
import { createSearchClient } from "./clients/search-client.ts";
import { createShippingClient } from "./clients/shipping-client.ts";
import { config } from "./config.ts";
import { refuseCrossSite } from "./cross-site.ts";
import { createErrorHandler } from "./error-pages.tsx";
import { migrations } from "./migrations/migrations.ts";
import { createPageRenderer } from "./page.tsx";
import { clientOf, type Part } from "./parts.ts";
import { pictureRoute } from "./pictures.ts";
import { createPrices } from "./prices.ts";
import { createProfileRepository } from "./profile-repository.ts";
import { createRoutes } from "./routes.ts";
import { securityHeaders } from "./security-headers.ts";
import { createSessions, readSessionKey } from "./session.ts";
import type { Shop } from "./shop.ts";
import { createVisits } from "./visit.ts";

const cardsForMs = 30_000;
const statsForMs = 5_000;

export const frontend: Service = defineService({
  name: "frontend",
  description: "The storefront: pages and forms, every one usable without JavaScript",
  config,
  migrations,
  async create({ config: urls, database, client }) {
    const part = (name: Part, url: string) => clientOf(name, client(name, url));
    const catalogue = createCatalogue(createProductClient(part("product", urls.PRODUCT_URL)));
    const currencies = createCurrencyClient(part("currency", urls.CURRENCY_URL));
    const assets = await loadAssets();
    const openVisit = createVisits(createSessions(await readSessionKey(database)), urls.BEHIND_TLS);
    const { showPage, currencyList } = createPageRenderer({ catalogue, currencies, assets });

    const shop: Shop = {
      openVisit,
      showPage,
      catalogue,
      currencyList,
      pricesIn: createPrices(currencies),
      carts: createCartClient(part("cart", urls.CART_URL)),
      search: createSearchClient(part("search", urls.SEARCH_URL)),
      ads: createAdClient(part("ad", urls.AD_URL)),
      checkout: createCheckoutClient(part("checkout", urls.CHECKOUT_URL)),
      shipping: createShippingClient(part("shipping", urls.SHIPPING_URL)),
      cards: cached(createPurchaseClient(part("purchase", urls.PURCHASE_URL)).cards, cardsForMs),
      stats: cached(createInfoClient(part("info", urls.INFO_URL)).stats, statsForMs),
      profiles: createProfileRepository(database),
      pageMs: urls.PAGE_TIMEOUT_MS,
      traceUrl: (traceId) => urls.TRACE_URL.replace("{traceId}", encodeURIComponent(traceId)),
    };
    const collectorUrl = urls.OTEL_EXPORTER_OTLP_ENDPOINT && new URL(urls.OTEL_EXPORTER_OTLP_ENDPOINT);
    const collector = collectorUrl && createCollector(client("collector", collectorUrl.origin), collectorUrl);
    const browserTraces = browserTraceRoute({
      openVisit,
      collector: collector || undefined,
      version: urls.SERVICE_VERSION,
    });
    return {
      believeHeaders,
      admission: admissionOf(urls.ADMISSION_WAIT_MS, urls.ADMISSION_LEAST_AT_ONCE),
      middleware: [compression(), ...securityHeaders(urls.BEHIND_TLS), refuseCrossSite],
      routes: [...createRoutes(shop), assets.route, pictureRoute(catalogue), browserTraces],
      errorHandler: createErrorHandler({ openVisit, showPage }),
    };
  },
});
