import { Conflict, type Money } from "@mall/kit";
import type { ParcelItem } from "./parcel.ts";

/**
 * The shipment of one order: `booked -> cancelled`. Cancelling an order that has no shipment yet leaves a tombstone,
 * so that a request which was under way while the order was cancelled cannot book one after all.
 */
export type ShipmentState = "booked" | "cancelled";

/** Where a shipment goes. Personal: kept to deliver it, and never shown, logged or traced. */
export interface Destination {
  name: string;
  line1: string;
  city: string;
  postalCode: string;
  country: string;
}

export interface ShipmentRequest {
  orderId: string;
  items: ParcelItem[];
  destination: Destination;
}

/** What is sent, and for how much. */
export interface Parcel extends Omit<ShipmentRequest, "orderId"> {
  trackingCode: string;
  price: Money;
  weightGrams: number;
}

export interface Shipment {
  orderId: string;
  state: ShipmentState;
  /** Null only in the tombstone of an order that was never shipped. */
  parcel: Parcel | null;
  createdAt: Date;
}

export type FilledShipment = Shipment & { parcel: Parcel };

/** The shipment, if it is the very one that `request` asks for. Throws `Conflict` otherwise. */
export function assertSameShipment(shipment: Shipment, request: ShipmentRequest): FilledShipment {
  const { state, parcel } = shipment;
  if (state === "cancelled" || !parcel)
    throw new Conflict("shipment-cancelled", "The order's shipment was cancelled. Place a new order.");
  if (sameItems(parcel.items, request.items) && sameDestination(parcel.destination, request.destination))
    return { ...shipment, parcel };
  throw new Conflict(
    "shipment-differs",
    "This order has a shipment of other products or to another address.",
  );
}

const sameItems = (a: readonly ParcelItem[], b: readonly ParcelItem[]): boolean =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b));

const inOrder = (items: readonly ParcelItem[]) =>
  items.map(({ productId, quantity }) => `${productId} ${quantity}`).toSorted();

const sameDestination = (a: Destination, b: Destination): boolean =>
  a.name === b.name &&
  a.line1 === b.line1 &&
  a.city === b.city &&
  a.postalCode === b.postalCode &&
  a.country === b.country;
