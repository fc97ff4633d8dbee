import { type Books, type Line, type OrderEntry, readBooks, type Readable } from "./books.ts";

export interface LedgerTerms {
  /** What `readOpeningStock` has found before the orders in question. */
  openingStock: ReadonlyMap<string, number>;
  /** Ids of the orders that somebody was told of. */
  acknowledged?: readonly string[];
}

/** The stock of each product if nothing had ever been sold or held: what the ledger starts from. */
export async function readOpeningStock(mall: Readable): Promise<Map<string, number>> {
  const { stock, reservations } = await readBooks(mall);
  const taken = reservations.filter(({ state }) => state === "held" || state === "committed");
  const units = unitsByProduct(taken.flatMap(({ lines }) => lines));
  return new Map([...stock].map(([id, available]) => [id, available + (units.get(id) ?? 0)]));
}

/** What is still on its way: it may be settled a moment later. */
export function unsettled({ orders, undelivered }: Books): string[] {
  const open = orders.filter(({ state }) => state !== "confirmed" && state !== "cancelled");
  return [
    ...open.map(({ id, state }) => `order ${id} is still ${state}`),
    ...(undelivered > 0 ? [`${undelivered} events are not delivered`] : []),
  ];
}

/**
 * Every difference between the books of a mall that has settled, as a sentence; none when money, goods and news agree
 * with the orders. Presumes that nobody has reset the statistics.
 */
export function discrepancies(books: Books, { openingStock, acknowledged = [] }: LedgerTerms): string[] {
  const confirmed = books.orders.filter(({ state }) => state === "confirmed");
  const due = confirmed.map(({ id, total, currency }) => `${id}: ${total} ${currency}`);
  const goods = confirmed.map(({ id, lines }) => `${id}: ${describeLines(lines)}`);
  const charged = books.charges.filter(({ state }) => state === "captured").map(describePayment);
  const booked = books.shipments.filter(({ state }) => state === "booked");
  const committed = books.reservations.filter(({ state }) => state === "committed");
  const held = books.reservations.filter(({ state }) => state === "held");
  const sold = unitsByProduct(confirmed.flatMap(({ lines }) => lines));
  const left = [...openingStock].map(([id, units]) => `${id}: ${units - (sold.get(id) ?? 0)}`);
  const known = new Set(books.orders.map(({ id }) => id));

  return [
    ...compare("charge", due, charged),
    ...compare("capture in the acquirer's ledger", due, books.captures.map(describePayment)),
    ...compare(
      "shipment",
      goods,
      booked.map(({ orderId, items }) => `${orderId}: ${describeLines(items ?? [])}`),
    ),
    ...compare(
      "sale of stock",
      goods,
      committed.map(({ orderId, lines }) => `${orderId}: ${describeLines(lines)}`),
    ),
    ...held.map(({ orderId }) => `stock is still held for order ${orderId}`),
    ...compare(
      "stock",
      left,
      [...books.stock].map(([id, units]) => `${id}: ${units}`),
    ),
    ...[...books.stock].filter(([, units]) => units < 0).map(([id]) => `the stock of ${id} is negative`),
    ...compare(
      "mail",
      books.orders.map(({ id, state }) => `${id}: order-${state}`),
      books.mails.map(({ orderId, template }) => `${orderId}: ${template}`),
    ),
    ...compare(
      "event in the statistics",
      books.mails.map(({ eventId }) => eventId),
      books.countedEvents,
    ),
    ...compare(
      "total of the statistics",
      expectedStatistics(books.orders),
      books.statistics.map(describeTotals),
    ),
    ...acknowledged.filter((id) => !known.has(id)).map((id) => `order ${id} was acknowledged and is lost`),
  ];
}

/** What stands in one list and not in the other; what stands twice must stand twice in both. */
function compare(what: string, expected: readonly string[], found: readonly string[]): string[] {
  const count = new Map<string, number>();
  for (const entry of expected) count.set(entry, (count.get(entry) ?? 0) - 1);
  for (const entry of found) count.set(entry, (count.get(entry) ?? 0) + 1);
  return [...count]
    .filter(([, surplus]) => surplus !== 0)
    .map(([entry, surplus]) => `${what} ${surplus < 0 ? "missing" : "too many"}: ${entry}`);
}

function expectedStatistics(orders: readonly OrderEntry[]): string[] {
  return [...Map.groupBy(orders, ({ currency }) => currency)].map(([currency, ofCurrency]) => {
    const confirmed = ofCurrency.filter(({ state }) => state === "confirmed");
    return describeTotals({
      currency,
      confirmed: confirmed.length,
      cancelled: ofCurrency.length - confirmed.length,
      productsSold: sum(confirmed.flatMap(({ lines }) => lines.map(({ quantity }) => quantity))),
      revenue: sum(confirmed.map(({ total }) => total)),
    });
  });
}

function unitsByProduct(lines: readonly Line[]): Map<string, number> {
  const units = new Map<string, number>();
  for (const { productId, quantity } of lines) units.set(productId, (units.get(productId) ?? 0) + quantity);
  return units;
}

const describePayment = ({ orderId, amount, currency }: Books["charges"][number]): string =>
  `${orderId}: ${amount} ${currency}`;

const describeTotals = (totals: Books["statistics"][number]): string =>
  `${totals.currency}: ${totals.confirmed} confirmed, ${totals.cancelled} cancelled, ` +
  `${totals.productsSold} sold for ${totals.revenue}`;

const describeLines = (lines: readonly Line[]): string =>
  lines
    .map(({ productId, quantity }) => `${quantity} x ${productId}`)
    .toSorted()
    .join(", ");

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
