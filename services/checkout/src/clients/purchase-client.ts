import { Conflict, type HttpClient, InvalidInput, isRefusal, type Money, PaymentRefused } from "@mall/kit";

export type PurchaseClient = ReturnType<typeof createPurchaseClient>;

// Longer than the slowest card takes to answer; a card that stays silent is asked again.
const chargeTimeoutMs = 2_500;

export const createPurchaseClient = (http: HttpClient) => ({
  /** Throws `InvalidInput` for a card that does not exist. */
  async assertCard(id: string): Promise<void> {
    try {
      await http.request({ method: "GET", path: "/cards/{id}", params: { id } });
    } catch (error) {
      if (!isRefusal(error, 404)) throw error;
      throw new InvalidInput("Choose one of the cards at /cards.", [
        { field: "cardId", message: "is not a known card" },
      ]);
    }
  },

  /** Charges the order once, however often it is called. Throws `PaymentRefused` with the acquirer's reason. */
  async charge(orderId: string, cardId: string, amount: Money): Promise<void> {
    try {
      await http.request({
        method: "POST",
        path: "/charges",
        body: { orderId, cardId, amount },
        idempotent: true,
        timeoutMs: chargeTimeoutMs,
      });
    } catch (error) {
      if (isRefusal(error, 402))
        throw new PaymentRefused(error.problemCode, error.problem.detail, { cause: error });
      if (isRefusal(error, 409))
        throw new Conflict(error.problemCode, error.problem.detail, { cause: error });
      throw error;
    }
  },

  /** Gives back whatever was charged, and makes sure that nothing can be charged for the order any more. */
  async refund(orderId: string): Promise<void> {
    await http.request({
      method: "POST",
      path: "/charges/{id}/refund",
      params: { id: orderId },
      idempotent: true,
    });
  },
});
