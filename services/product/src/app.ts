import { defineService, type Service } from "@mall/kit";
import { catalogue, categories } from "./catalogue/catalogue.ts";
import { config } from "./config.ts";
import { migrations } from "./migrations/migrations.ts";
import { loadPictures } from "./pictures.ts";
import { createProductRepository } from "./product-repository.ts";
import { createReservationRepository } from "./reservation-repository.ts";
import { createRoutes } from "./routes.ts";
import { createStockKeeping } from "./stock-keeping.ts";

export const product: Service = defineService({
  name: "product",
  description: "The catalogue, its stock, and reservations of stock for orders",
  config,
  migrations,
  async create({ config: { RESERVATION_SECONDS, RESTOCK_SECONDS }, database, logger }) {
    const products = createProductRepository(database);
    const reservations = createReservationRepository(database, RESERVATION_SECONDS);
    await products.publish(categories, catalogue);
    const pictures = await loadPictures();
    const stockKeeping = createStockKeeping({
      products,
      reservations,
      restockMs: RESTOCK_SECONDS * 1000,
      logger,
    });
    return { routes: createRoutes({ products, reservations, pictures }), ...stockKeeping };
  },
});
