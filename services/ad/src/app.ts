import { defineService, type Service } from "@mall/kit";
import { createClickRepository } from "./click-repository.ts";
import { config } from "./config.ts";
import { migrations } from "./migrations/migrations.ts";
import { createRotation } from "./rotation.ts";
import { createRoutes } from "./routes.ts";

export const ad: Service = defineService({
  name: "ad",
  description: "Ads that suit what somebody is looking at, and how often each was clicked",
  config,
  migrations,
  create: ({ database }) => ({
    routes: createRoutes({ clicks: createClickRepository(database), rotation: createRotation() }),
  }),
});
