import {
  annotate,
  consumeEvent,
  decodeCursor,
  type FaultInjector,
  ok,
  type Route,
  route,
  toPage,
} from "@mall/kit";
import { z } from "zod";
import { composeMail } from "./compose-mail.ts";
import { listQuery, mailPage, taken } from "./email-api.ts";
import type { LoggedMail } from "./mail.ts";
import type { MailRepository } from "./mail-repository.ts";
import { type OrderEvent, orderEvent } from "./order-event.ts";

interface Dependencies {
  mails: MailRepository;
  faults: FaultInjector;
  /** Of a new mail: whether it is to be sent or only logged. */
  firstState: "queued" | "logged";
}

export const createRoutes = ({ mails, faults, firstState }: Dependencies): Route[] => [
  route({
    method: "post",
    path: "/emails",
    summary: "Write to the buyer about an order's event, once however often it is delivered",
    body: orderEvent,
    answers: { 202: taken },
    async handle({ body: event }) {
      faults.refuseEvent();
      annotate({ "mall.order.id": event.data.orderId, "mall.locale": event.data.locale });
      let duplicate = false;
      await consumeEvent(event, async () => {
        const recorded = await mails.record({
          ...composeMail(event),
          state: firstState,
          traceparent: traceparentOf(event),
        });
        duplicate = !recorded;
        return recorded ? "handled" : "duplicate";
      });
      return { status: 202, body: { id: event.id, duplicate } };
    },
  }),
  route({
    method: "get",
    path: "/emails",
    summary: "The log of mails, newest first, all or those of one order",
    query: listQuery,
    answers: { 200: mailPage },
    async handle({ query: { orderId, cursor, limit } }) {
      const before = decodeCursor(z.int(), cursor);
      const found = await mails.list({ orderId, before, limit: limit + 1 });
      const page = toPage(found, limit, (last) => last.position);
      return ok({ ...page, items: page.items.map(toBody) });
    },
  }),
];

// The header's form in W3C Trace Context; anything else names no span and is not worth keeping.
const traceparentForm = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

const traceparentOf = ({ traceparent }: OrderEvent): string | null =>
  traceparent && traceparentForm.test(traceparent) ? traceparent : null;

const toBody = ({ position: _position, createdAt, ...mail }: LoggedMail) => ({
  id: mail.eventId,
  ...mail,
  createdAt: createdAt.toISOString(),
});
