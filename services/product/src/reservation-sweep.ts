import type { Logger, ServiceParts } from "@mall/kit";
import type { ReservationRepository } from "./reservation-repository.ts";

const everyMs = 2_000;

/** Returns the stock of expired reservations, in the background, as long as the service runs. */
export function startReservationSweep(
  reservations: ReservationRepository,
  logger: Logger,
): Required<Pick<ServiceParts, "start" | "stop">> {
  let timer: NodeJS.Timeout | undefined;
  let sweeping = Promise.resolve();

  async function sweep(): Promise<void> {
    try {
      const expired = await reservations.expire();
      if (expired > 0) logger.info({ expired }, "reservations expired");
    } catch (error) {
      logger.warn({ err: error }, "expired reservations could not be swept; the next round tries again");
    }
  }

  return {
    async start() {
      timer = setInterval(() => {
        sweeping = sweeping.then(sweep);
      }, everyMs);
    },
    async stop() {
      clearInterval(timer);
      await sweeping;
    },
  };
}
