import { randomUUID } from "node:crypto";
import {
  annotate,
  inSpan,
  linksTo,
  type Logger,
  type ServiceParts,
  withBaggage,
  withDeadline,
} from "@mall/kit";
import type { Order } from "../order.ts";
import { LeaseLost, type OrderRepository } from "../order-repository.ts";
import type { Saga } from "./saga.ts";

interface Dependencies {
  orders: OrderRepository;
  saga: Saga;
  /** Runs after an order has reached its end here. */
  afterwards: (order: Order) => Promise<void>;
  logger: Logger;
}

const everyMs = 500;
const atOnce = 10;
const runMs = 20_000;

/**
 * Takes up the orders that nobody works on: their process died, their request ran out of time, or a step failed and
 * is due again. Several instances share the work; the database decides who gets which order.
 */
export function createRecovery({
  orders,
  saga,
  afterwards,
  logger,
}: Dependencies): Required<Pick<ServiceParts, "start" | "stop">> {
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();

  async function takeUpDue(): Promise<void> {
    try {
      const runId = randomUUID();
      const due = await orders.takeDue(runId, saga.leaseEnd(), atOnce);
      await Promise.all(due.map((order) => resume(order, runId)));
    } catch (error) {
      logger.warn({ err: error }, "unfinished orders could not be taken up; the next round tries again");
    }
  }

  /** In a trace of its own, linked to the one in which the order was placed, and with that one's baggage. */
  async function resume(order: Order, runId: string): Promise<void> {
    const attributes = { "mall.order.id": order.id, "mall.saga.resumed": true };
    const links = linksTo(order.traceparent ?? undefined);
    try {
      const run = () =>
        inSpan("resume order", { attributes, links, root: true }, async () => {
          const left = await saga.advance(order, runId);
          annotate({ "mall.order.state": left.state });
          logger.info({ orderId: order.id, from: order.state, to: left.state }, "order resumed");
          await afterwards(left);
        });
      await withBaggage(order.baggage, () => withDeadline(runMs, run));
    } catch (error) {
      if (!(error instanceof LeaseLost)) logger.error({ err: error, orderId: order.id }, "order not resumed");
    }
  }

  return {
    async start() {
      timer = setInterval(() => {
        round = round.then(takeUpDue);
      }, everyMs);
    },
    async stop() {
      clearInterval(timer);
      await round;
    },
  };
}
