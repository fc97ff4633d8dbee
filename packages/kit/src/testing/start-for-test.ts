import type { Environment } from "../service/config.ts";
import type { Service } from "../service/service-definition.ts";
import { startService } from "../service/start-service.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export interface ServiceUnderTest {
  name: string;
  url: string;
  /** Only for a service that has one. */
  database: TestDatabase;
  stop(): Promise<void>;
}

/**
 * Starts a service in this process on a free port, with a database of its own, and checks each of its answers against
 * what it declares. What it calls is started in the same way and given by address: nothing of the mall is mocked.
 */
export async function startForTest(
  definition: Service,
  environment: Environment = {},
): Promise<ServiceUnderTest> {
  const { name, migrations } = definition;
  const database = migrations && (await createTestDatabase(name, migrations));
  const service = await startService(
    definition,
    { PORT: "0", LOG_LEVEL: "silent", ...(database && { DATABASE_URL: database.url }), ...environment },
    { checkAnswers: true },
  );
  return {
    name,
    url: service.url,
    database: database ?? noDatabase(name),
    async stop() {
      await service.stop();
      await database?.drop();
    },
  };
}

const noDatabase = (name: string): TestDatabase =>
  new Proxy({} as TestDatabase, {
    get() {
      throw new Error(`${name} has no database`);
    },
  });
