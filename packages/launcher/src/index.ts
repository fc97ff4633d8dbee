export { LaunchError } from "./launch-error.ts";
export type { MallEvent, MallListener } from "./mall-event.ts";
export type { Mall, MallOptions, MallService } from "./mall.ts";
export { provisionDatabase } from "./postgres/provision-database.ts";
export { type Postgres, type PostgresOptions, startPostgres } from "./postgres/start-postgres.ts";
export { readServicePlans, type ServicePlan } from "./service-plan.ts";
export { startMall } from "./start-mall.ts";
export { resetState } from "./state-folder.ts";
