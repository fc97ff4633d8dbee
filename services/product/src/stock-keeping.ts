import type { Logger, ServiceParts } from "@mall/kit";
import type { ProductRepository } from "./product-repository.ts";
import type { ReservationRepository } from "./reservation-repository.ts";

interface Dependencies {
  products: ProductRepository;
  reservations: ReservationRepository;
  /** Between two fillings of the shelves, in milliseconds; 0 for none. */
  restockMs: number;
  logger: Logger;
}

const expireMs = 2_000;

/** What happens to stock by itself, as long as the service runs: reservations expire, and shelves are filled again. */
export function createStockKeeping({
  products,
  reservations,
  restockMs,
  logger,
}: Dependencies): Required<Pick<ServiceParts, "start" | "stop">> {
  const timers: NodeJS.Timeout[] = [];
  let working = Promise.resolve();

  function every(ms: number, what: string, work: () => Promise<number>): void {
    async function once(): Promise<void> {
      try {
        const count = await work();
        if (count > 0) logger.info({ count }, what);
      } catch (error) {
        logger.warn({ err: error }, `${what}: not this time; the next round tries again`);
      }
    }
    const round = () => {
      working = working.then(once);
    };
    timers.push(setInterval(round, ms));
  }

  return {
    async start() {
      every(expireMs, "reservations expired", () => reservations.expire());
      if (restockMs > 0) every(restockMs, "shelves filled", () => products.restock());
    },
    async stop() {
      timers.forEach(clearInterval);
      await working;
    },
  };
}
