import { type ParcelItem, weigh } from "./parcel.ts";
import type { ProductClient } from "./product-client.ts";
import { assertSameShipment, type FilledShipment, type ShipmentRequest } from "./shipment.ts";
import type { ShipmentRepository } from "./shipment-repository.ts";
import { type Quote, quote, type QuotedDestination, zoneOrThrow } from "./tariff/quote.ts";

export type Booking = ReturnType<typeof createBooking>;

interface Dependencies {
  shipments: ShipmentRepository;
  products: ProductClient;
}

export function createBooking({ shipments, products }: Dependencies) {
  /** What sending the items costs now. Throws `InvalidInput` naming a product or the country. */
  async function quoteFor(items: readonly ParcelItem[], destination: QuotedDestination): Promise<Quote> {
    zoneOrThrow(destination.country); // Before product is asked in vain.
    return quote(weigh(items, await products.weightsOf(items)), destination);
  }

  return {
    quoteFor,

    /**
     * Books the order's shipment, once; the same request again answers the same shipment, also while product is down.
     * Throws `Conflict` (`shipment-cancelled`, `shipment-differs`), or `InvalidInput` like a quote.
     */
    async book(request: ShipmentRequest): Promise<FilledShipment> {
      const existing = await shipments.find(request.orderId);
      if (existing) return assertSameShipment(existing, request);

      const { price, weightGrams } = await quoteFor(request.items, request.destination);
      return assertSameShipment(await shipments.book(request, { price, weightGrams }), request);
    },
  };
}
