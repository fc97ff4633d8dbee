import { defineService, type Service } from "@mall/kit";
import { config } from "./config.ts";
import { routes } from "./routes.ts";

export const currency: Service = defineService({
  name: "currency",
  description: "The currencies that the mall sells in, their rates, and conversions between them",
  config,
  create: () => ({ routes }),
});
