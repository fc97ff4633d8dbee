import type { ProductClient } from "../clients/product-client.ts";
import type { PurchaseClient } from "../clients/purchase-client.ts";
import type { ShippingClient } from "../clients/shipping-client.ts";
import type { Order, OrderState, StepName } from "../order.ts";

/**
 * One step of the saga. Both directions are idempotent by the order's id, and `undo` is right whether `run` has
 * happened, has not, or is still under way somewhere: it leaves a tombstone that a late `run` finds.
 */
export interface SagaStep {
  name: StepName;
  from: OrderState;
  to: OrderState;
  /** Resolves with what the order is to remember. Throws a `Problem` below 500 for a refusal that will not change. */
  run(order: Order): Promise<{ trackingCode?: string }>;
  undo(order: Order): Promise<void>;
}

interface Dependencies {
  products: ProductClient;
  purchase: PurchaseClient;
  shipping: ShippingClient;
}

/** The saga of an order, in order. It is undone backwards from the step that failed. */
export const sagaSteps = ({ products, purchase, shipping }: Dependencies): readonly SagaStep[] => [
  {
    name: "reserve",
    from: "pending",
    to: "reserved",
    async run({ id, lines }) {
      await products.reserve(id, lines);
      return {};
    },
    undo: ({ id }) => products.release(id),
  },
  {
    name: "charge",
    from: "reserved",
    to: "charged",
    async run({ id, buyer, total }) {
      await purchase.charge(id, buyer.cardId, total);
      return {};
    },
    undo: ({ id }) => purchase.refund(id),
  },
  {
    name: "ship",
    from: "charged",
    to: "shipped",
    run: async ({ id, lines, buyer }) => ({ trackingCode: await shipping.book(id, lines, buyer.address) }),
    undo: ({ id }) => shipping.cancel(id),
  },
  {
    name: "commit",
    from: "shipped",
    to: "confirmed",
    async run({ id }) {
      await products.commit(id);
      return {};
    },
    undo: ({ id }) => products.release(id),
  },
];
