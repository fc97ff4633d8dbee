import { annotate, NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";
import type { Order } from "../../clients/order.ts";
import { messagesOf } from "../../i18n/messages.ts";
import { optional } from "../../optional.ts";
import type { Shop } from "../../shop.ts";
import type { Visit } from "../../visit.ts";
import { ConfirmationView } from "./confirmation-view.tsx";
import { OrderListView } from "./order-list-view.tsx";
import { OrderView } from "./order-view.tsx";

const ordersPerPage = 10;
const orderParams = z.object({ id: z.uuid() });

export function orderPages({ openVisit, showPage, checkout, cards, traceUrl }: Shop): Route[] {
  /** An order of this session. Anybody else's does not exist here, not even as something forbidden. */
  async function findOwn({ session }: Visit, id: string): Promise<Order> {
    const order = session === undefined ? undefined : await checkout.find(id);
    if (!order || order.sessionId !== session) throw new NotFound(`There is no order ${id}.`);
    annotate({ "mall.order.id": id, "mall.order.state": order.state });
    return order;
  }

  return [
    route({
      method: "get",
      path: "/orders",
      summary: "The session's orders, newest first",
      query: z.object({ cursor: z.string().max(500).optional() }),
      answers: { 200: "text/html" },
      async handle({ query: { cursor }, request, response }) {
        const visit = openVisit(request, response);
        const orders = visit.session
          ? await checkout.list(visit.session, cursor, ordersPerPage)
          : { items: [], next: null };
        const body = <OrderListView orders={orders.items} cursor={cursor} next={orders.next} />;
        return showPage(visit, { title: messagesOf(visit.locale).order.listTitle, body });
      },
    }),
    route({
      method: "get",
      path: "/orders/{id}",
      summary: "An order: what it cost, what happened to it, and where its trace is",
      params: orderParams,
      answers: { 200: "text/html" },
      problems: [404],
      async handle({ params: { id }, request, response }) {
        const visit = openVisit(request, response);
        const [order, cardList = []] = await Promise.all([findOwn(visit, id), optional(cards())]);
        const card = cardList.find((each) => each.id === order.cardId);
        const trace = order.traceId === null ? undefined : traceUrl(order.traceId);
        const body = <OrderView order={order} traceUrl={trace} cardLabel={card?.label[visit.locale]} />;
        return showPage(visit, { title: messagesOf(visit.locale).order.details, body });
      },
    }),
    route({
      method: "get",
      path: "/orders/{id}/confirmation",
      summary: "Thanks for an order that has just been placed",
      params: orderParams,
      answers: { 200: "text/html" },
      problems: [404],
      async handle({ params: { id }, request, response }) {
        const visit = openVisit(request, response);
        const order = await findOwn(visit, id);
        const { order: t } = messagesOf(visit.locale);
        return showPage(visit, { title: t.states[order.state], body: <ConfirmationView order={order} /> });
      },
    }),
  ];
}
