import type { Logger, ServiceParts } from "@mall/kit";
import { Logger as WorkerLogger, type Runner, run, runMigrations, type Task } from "graphile-worker";
import type { Pool } from "pg";
import { deadlineMs, deliverTask } from "./delivery.ts";

interface Dependencies {
  pool: Pool;
  deliver: Task;
  logger: Logger;
}

// A delivery ends with its deadline: one that was begun so long ago has lost its process.
const abandonedAfterMs = 2 * deadlineMs;
const lookEveryMs = 1_000;

/** Brings the outbox's own tables up to date; before that no order can be placed. */
export const migrateOutbox = (pool: Pool): Promise<void> => runMigrations({ pgPool: pool, logger: silent });

/** The outbox's relay: delivers what is in it as long as the service runs. A new job wakes it within milliseconds. */
export function createRelay({
  pool,
  deliver,
  logger,
}: Dependencies): Required<Pick<ServiceParts, "start" | "stop">> {
  let runner: Runner | undefined;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();

  /** The worker alone would leave to a dead process what it was delivering, for four hours. */
  async function takeBackAbandoned(): Promise<void> {
    try {
      await pool.query(
        `select graphile_worker.force_unlock_workers(array(
           select locked_by from graphile_worker.jobs where locked_at < now() - $1 * interval '1 millisecond'))`,
        [abandonedAfterMs],
      );
    } catch (error) {
      logger.warn({ err: error }, "abandoned deliveries could not be taken back; the next round tries again");
    }
  }

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
      timer = setInterval(() => {
        round = round.then(takeBackAbandoned);
      }, lookEveryMs);
    },
    async stop() {
      clearInterval(timer);
      await round;
      await runner?.stop();
    },
  };
}

// The worker tells of every job; what matters is logged, with the event's id, where events are delivered.
const silent = new WorkerLogger(() => () => undefined);
