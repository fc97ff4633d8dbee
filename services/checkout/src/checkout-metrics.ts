import { type Answer, asProblem, type Metrics } from "@mall/kit";
import { Counter } from "prom-client";

export type CheckoutMetrics = ReturnType<typeof createCheckoutMetrics>;

/** The business's view of checkout: how orders end that somebody tried to place. */
export function createCheckoutMetrics({ registry }: Metrics) {
  const checkouts = new Counter({
    name: "mall_checkouts_total",
    help: "Attempts to place an order, by outcome: accepted, refused (the buyer's side), failed (the mall's side)",
    labelNames: ["outcome"],
    registers: [registry],
  });
  for (const outcome of ["accepted", "refused", "failed"]) checkouts.inc({ outcome }, 0);

  return {
    async observe(place: () => Promise<Answer>): Promise<Answer> {
      let outcome = "failed";
      try {
        const answer = await place();
        outcome = answer.status < 300 ? "accepted" : "refused";
        return answer;
      } catch (error) {
        // A key used twice is the buyer's mistake, and no failure of the mall.
        if (asProblem(error).status < 500) outcome = "refused";
        throw error;
      } finally {
        checkouts.inc({ outcome });
      }
    },
  };
}
