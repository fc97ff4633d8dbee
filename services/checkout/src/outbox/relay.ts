import type { Logger, ServiceParts } from "@mall/kit";
import { Logger as WorkerLogger, type Runner, run, runMigrations, type Task } from "graphile-worker";
import type { Pool } from "pg";
import { deliverTask } from "./delivery.ts";

interface Dependencies {
  pool: Pool;
  deliver: Task;
  logger: Logger;
}

/** Brings the outbox's own tables up to date; before that no order can be placed. */
export const migrateOutbox = (pool: Pool): Promise<void> => runMigrations({ pgPool: pool, logger: silent });

/** The outbox's relay: delivers what is in it as long as the service runs. A new job wakes it within milliseconds. */
export function createRelay({
  pool,
  deliver,
  logger,
}: Dependencies): Required<Pick<ServiceParts, "start" | "stop">> {
  let runner: Runner | undefined;
  return {
    async start() {
      runner = await run({
        pgPool: pool,
        taskList: { [deliverTask]: deliver },
        concurrency: 4,
        pollInterval: 500,
        noHandleSignals: true,
        logger: silent,
      });
      runner.promise.catch((error: unknown) =>
        logger.error({ err: error }, "the outbox's relay has stopped"),
      );
    },
    async stop() {
      await runner?.stop();
    },
  };
}

// The worker tells of every job; what matters is logged, with the event's id, where events are delivered.
const silent = new WorkerLogger(() => () => undefined);
