import { annotate, created, InvalidInput, NotFound, ok, type Route, route } from "@mall/kit";
import { z } from "zod";
import { cards, findCard } from "./cards.ts";
import type { Charge } from "./charge.ts";
import type { ChargeRepository } from "./charge-repository.ts";
import type { Charging } from "./charging.ts";
import { cardBody, cardList, chargeBody, chargeInput, chargeParams } from "./purchase-api.ts";

interface Dependencies {
  charges: ChargeRepository;
  charging: Charging;
}

export const createRoutes = ({ charges, charging }: Dependencies): Route[] => [
  route({
    method: "get",
    path: "/cards",
    summary: "The cards that one can pay with",
    answers: { 200: cardList },
    handle: () => ok({ items: cards, next: null }),
  }),
  route({
    method: "get",
    path: "/cards/{id}",
    summary: "One card",
    params: z.object({ id: z.string().max(100) }),
    answers: { 200: cardBody },
    problems: [404],
    handle({ params: { id } }) {
      const card = findCard(id);
      if (!card) throw new NotFound(`There is no card "${id}".`);
      return ok(card);
    },
  }),
  route({
    method: "post",
    path: "/charges",
    summary: "Charge an order, once; the same again answers the same charge",
    body: chargeInput,
    answers: { 201: chargeBody },
    problems: [402, 409],
    async handle({ body }) {
      annotate({ "mall.order.id": body.orderId });
      assertKnownCard(body.cardId);
      const charge = await charging.charge(body);
      return created(toBody(charge), `/charges/${charge.orderId}`);
    },
  }),
  route({
    method: "get",
    path: "/charges/{id}",
    summary: "The charge of an order",
    params: chargeParams,
    answers: { 200: chargeBody },
    problems: [404],
    async handle({ params: { id } }) {
      annotate({ "mall.order.id": id });
      const charge = await charges.find(id);
      if (!charge) throw new NotFound(`There is no charge for order ${id}.`);
      return ok(toBody(charge));
    },
  }),
  route({
    method: "post",
    path: "/charges/{id}/refund",
    summary: "Give back what was taken for an order, once, and take nothing for it any more",
    params: chargeParams,
    answers: { 200: chargeBody },
    async handle({ params: { id } }) {
      annotate({ "mall.order.id": id });
      return ok(toBody(await charging.refund(id)));
    },
  }),
];

function assertKnownCard(cardId: string): void {
  if (findCard(cardId)) return;
  throw new InvalidInput("Choose one of the cards of GET /cards.", [
    { field: "cardId", message: "is not a card that is known here" },
  ]);
}

const toBody = ({ orderId, createdAt, ...charge }: Charge) => ({
  id: orderId,
  orderId,
  ...charge,
  createdAt: createdAt.toISOString(),
});
