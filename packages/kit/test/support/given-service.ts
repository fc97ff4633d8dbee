import type { ServiceContext, ServiceParts } from "../../src/service/service-definition.ts";
import { defineMigrations, type Migrations } from "../../src/database/migrations.ts";
import { defineService, type Service } from "../../src/service/service-definition.ts";
import { type ServiceUnderTest, startForTest } from "../../src/testing/index.ts";
import type { Environment } from "../../src/service/config.ts";
import { z } from "zod";

interface Given {
  name?: string;
  migrations?: Migrations<unknown>;
}

type Context = ServiceContext<Record<string, never>, unknown>;
type Create = (context: Context) => ServiceParts;

/** A small service built by the kit, as any of the mall's. */
export const serviceOf = (create: Create, { name = "shop", migrations }: Given = {}): Service =>
  defineService<z.ZodObject, unknown>({
    name,
    description: "A service of the kit's own tests",
    config: z.object({}),
    ...(migrations && { migrations }),
    create: (context) => create(context as Context),
  });

export const givenService = (create: Create, environment: Environment = {}): Promise<ServiceUnderTest> =>
  startForTest(serviceOf(create), environment);

export const givenStoringService = (
  create: Create,
  environment: Environment = {},
): Promise<ServiceUnderTest> =>
  startForTest(serviceOf(create, { name: "storing", migrations: defineMigrations({}) }), environment);
