import type { Acquirer, CaptureOutcome } from "./acquirer/acquirer.ts";
import { assertCaptured, assertSameCharge, type Charge, type ChargeRequest } from "./charge.ts";
import type { ChargeRepository, Settlement } from "./charge-repository.ts";

export type Charging = ReturnType<typeof createCharging>;

interface Dependencies {
  charges: ChargeRepository;
  acquirer: Acquirer;
}

/**
 * Taking money and giving it back. What is about to be asked is written down before the acquirer is asked, and what it
 * answered afterwards, each in a transaction of its own: while the acquirer thinks, nothing is held, and a crash in
 * between leaves a charge that asking again completes.
 */
export const createCharging = ({ charges, acquirer }: Dependencies) => ({
  /**
   * Charges the order, once; the same request again answers the same charge. Throws `PaymentRefused` (`card-declined`,
   * `insufficient-funds`), `Conflict` (`charge-differs`, `charge-closed`), or `DeadlineExceeded` when the acquirer
   * stays silent: then the charge is pending, and the same request again finds out.
   */
  async charge(request: ChargeRequest): Promise<Charge> {
    const charge = await charges.open(request);
    assertSameCharge(charge, request);
    if (charge.state !== "pending") return assertCaptured(charge);

    const { orderId: reference, cardId, amount } = request;
    const outcome = await acquirer.capture({ reference, cardId, amount });
    return assertCaptured(await charges.settle(reference, settlements[outcome]));
  },

  /**
   * Gives back what was or will be taken for the order. Repeating it changes nothing. A declined charge stays declined;
   * an order that was never charged can't be charged any more. Throws `DeadlineExceeded` like `charge`.
   */
  async refund(orderId: string): Promise<Charge> {
    const charge = await charges.beginReversal(orderId);
    if (charge.state !== "reversing") return charge;

    const outcome = await acquirer.reverse(orderId);
    return charges.endReversal(orderId, outcome === "refunded" ? "refunded" : "voided");
  },
});

const settlements: Readonly<Record<CaptureOutcome, Settlement>> = {
  captured: { state: "captured", refusal: null },
  "card-declined": { state: "declined", refusal: "card-declined" },
  "insufficient-funds": { state: "declined", refusal: "insufficient-funds" },
  reversed: { state: "voided", refusal: null },
};
