import { annotate, NotFound, noContent, ok, type Route, route } from "@mall/kit";
import type { Booking } from "./booking.ts";
import type { FilledShipment } from "./shipment.ts";
import type { ShipmentRepository } from "./shipment-repository.ts";
import {
  quoteBody,
  quoteInput,
  shipmentBody,
  shipmentInput,
  shipmentParams,
  summaryBody,
} from "./shipping-api.ts";

interface Dependencies {
  booking: Booking;
  shipments: ShipmentRepository;
}

export const createRoutes = ({ booking, shipments }: Dependencies): Route[] => [
  route({
    method: "post",
    path: "/quotes",
    summary: "What sending products to a country costs, and how long it takes; changes nothing",
    body: quoteInput,
    answers: { 200: quoteBody },
    problems: [502],
    async handle({ body: { items, destination } }) {
      annotate({ "mall.product.count": items.length, "mall.shipment.country": destination.country });
      return ok(await booking.quoteFor(items, destination));
    },
  }),
  // Before the shipment of one order, whose path would match as well.
  route({
    method: "get",
    path: "/shipments/summary",
    summary: "How many shipments are booked, and what they cost together",
    answers: { 200: summaryBody },
    handle: async () => ok(await shipments.summarize()),
  }),
  route({
    method: "put",
    path: "/shipments/{orderId}",
    summary: "Book the shipment of an order, a single item or a whole cart; the same again answers the same",
    params: shipmentParams,
    body: shipmentInput,
    answers: { 200: shipmentBody },
    problems: [409, 502],
    async handle({ params: { orderId }, body: { items, destination } }) {
      annotate({ "mall.order.id": orderId, "mall.shipment.country": destination.country });
      return ok(toBody(await booking.book({ orderId, items, destination })));
    },
  }),
  route({
    method: "get",
    path: "/shipments/{orderId}",
    summary: "The shipment of an order",
    params: shipmentParams,
    answers: { 200: shipmentBody },
    problems: [404],
    async handle({ params: { orderId } }) {
      annotate({ "mall.order.id": orderId });
      const shipment = await shipments.find(orderId);
      if (!shipment?.parcel) throw new NotFound(`There is no shipment for order ${orderId}.`);
      return ok(toBody({ ...shipment, parcel: shipment.parcel }));
    },
  }),
  route({
    method: "delete",
    path: "/shipments/{orderId}",
    summary: "Cancel the shipment of an order, and book none for it any more",
    params: shipmentParams,
    answers: { 204: null },
    async handle({ params: { orderId } }) {
      annotate({ "mall.order.id": orderId });
      await shipments.cancel(orderId);
      return noContent();
    },
  }),
];

// The destination stays where it is: nobody who asks for a shipment needs to read it again.
const toBody = ({ orderId, state, createdAt, parcel }: FilledShipment) => ({
  orderId,
  trackingCode: parcel.trackingCode,
  state,
  price: parcel.price,
  weightGrams: parcel.weightGrams,
  createdAt: createdAt.toISOString(),
});
