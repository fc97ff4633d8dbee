import { defineService, type Service } from "@mall/kit";
import { createAcquirerLedger } from "./acquirer/acquirer-ledger.ts";
import { createAcquirer } from "./acquirer/acquirer.ts";
import { createAcquirerClient } from "./acquirer-client.ts";
import { createChargeRepository } from "./charge-repository.ts";
import { createCharging } from "./charging.ts";
import { config } from "./config.ts";
import { migrations } from "./migrations/migrations.ts";
import { createRoutes } from "./routes.ts";

export const purchase: Service = defineService({
  name: "purchase",
  description: "Cards, charges and refunds, with a simulated acquirer behind them",
  config,
  migrations,
  create({ config: { ACQUIRER_TIMEOUT_MS }, database }) {
    const charges = createChargeRepository(database);
    const acquirer = createAcquirerClient(
      createAcquirer(createAcquirerLedger(database)),
      ACQUIRER_TIMEOUT_MS,
    );
    return { routes: createRoutes({ charges, charging: createCharging({ charges, acquirer }) }) };
  },
});
