import { defineService, type Service } from "@mall/kit";
import { createCartRepository } from "./cart-repository.ts";
import { config } from "./config.ts";
import { migrations } from "./migrations/migrations.ts";
import { createProductClient } from "./product-client.ts";
import { createRoutes } from "./routes.ts";

export const cart: Service = defineService({
  name: "cart",
  description: "Carts and wish lists, one of each per session",
  config,
  migrations,
  create({ config: { PRODUCT_URL }, database, client }) {
    const carts = createCartRepository(database);
    const products = createProductClient(client("product", PRODUCT_URL));
    return {
      routes: [...createRoutes("cart", { carts, products }), ...createRoutes("saved", { carts, products })],
    };
  },
});
