import { defineService, type Service } from "@mall/kit";
import { config } from "./config.ts";
import { createIndexRefresh } from "./index-refresh.ts";
import { createProductClient } from "./product-client.ts";
import { createRoutes } from "./routes.ts";

export const search: Service = defineService({
  name: "search",
  description: "Finds products of the catalogue by what people type, in three languages",
  config,
  create({ config: { PRODUCT_URL, REFRESH_MS }, client, logger }) {
    const products = createProductClient(client("product", PRODUCT_URL));
    const { current, ...refresh } = createIndexRefresh({ products, everyMs: REFRESH_MS, logger });
    return { routes: createRoutes(current), ...refresh };
  },
});
