import { annotate, consumeEvent, type FaultInjector, ok, type Route, route } from "@mall/kit";
import { statsBody, taken } from "./info-api.ts";
import { orderEvent } from "./order-event.ts";
import type { ShippingClient } from "./shipping-client.ts";
import { totalsOf } from "./statistics.ts";
import type { StatisticsRepository } from "./statistics-repository.ts";

interface Dependencies {
  statistics: StatisticsRepository;
  shipping: ShippingClient;
  faults: FaultInjector;
}

export function createRoutes({ statistics, shipping, faults }: Dependencies): Route[] {
  async function currentStats() {
    const [{ since, ...counted }, shipments] = await Promise.all([statistics.read(), shipping.summary()]);
    return ok({ ...counted, shipments, since: since.toISOString() });
  }

  return [
    route({
      method: "post",
      path: "/events",
      summary: "Count an order's event, once however often it is delivered",
      body: orderEvent,
      answers: { 202: taken },
      async handle({ body: event }) {
        faults.refuseEvent();
        annotate({ "mall.order.id": event.data.orderId });
        let duplicate = false;
        await consumeEvent(event, async () => {
          const counted = await statistics.count(event.id, totalsOf(event));
          duplicate = !counted;
          return counted ? "handled" : "duplicate";
        });
        return { status: 202, body: { id: event.id, duplicate } };
      },
    }),
    route({
      method: "get",
      path: "/stats",
      summary: "The shop's statistics since the last reset",
      answers: { 200: statsBody },
      handle: currentStats,
    }),
    route({
      method: "post",
      path: "/stats/reset",
      summary: "Count from zero again",
      answers: { 200: statsBody },
      async handle() {
        await statistics.reset();
        return currentStats();
      },
    }),
  ];
}
