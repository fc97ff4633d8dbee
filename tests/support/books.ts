import type { ServiceQuery } from "./service-query.ts";

/** What each service has stored of the mall's orders, read from its own database. Amounts are in minor units. */
export interface Books {
  orders: OrderEntry[];
  /** Deliveries that wait in checkout's outbox, those that were given up included. */
  undelivered: number;
  charges: PaymentEntry[];
  /** In the acquirer's ledger: captured and not reversed. */
  captures: PaymentEntry[];
  shipments: { orderId: string; state: string; items: Line[] | null }[];
  reservations: { orderId: string; state: string; lines: Line[] }[];
  /** Units that can still be sold, by product id. */
  stock: Map<string, number>;
  mails: { orderId: string; eventId: string; template: string }[];
  /** Ids of the events that the statistics have counted. */
  countedEvents: string[];
  statistics: CurrencyEntry[];
}

export interface Line {
  productId: string;
  quantity: number;
}

export interface OrderEntry {
  id: string;
  state: string;
  total: number;
  currency: string;
  lines: Line[];
}

interface PaymentEntry {
  orderId: string;
  state: string;
  amount: number;
  currency: string;
}

interface CurrencyEntry {
  currency: string;
  confirmed: number;
  cancelled: number;
  productsSold: number;
  revenue: number;
}

export interface Readable {
  query: ServiceQuery;
}

export async function readBooks(mall: Readable): Promise<Books> {
  const [orders, outbox, charges, captures, shipments, reservations, stock, mails, counted, statistics] =
    await Promise.all([
      mall.query<OrderEntry>("checkout", `select id, state, total::float8, currency, lines from orders`),
      mall.query<{ jobs: number }>("checkout", `select count(*)::int as jobs from graphile_worker.jobs`),
      mall.query<PaymentEntry>(
        "purchase",
        `select order_id as "orderId", state, amount::float8, currency from charges`,
      ),
      mall.query<PaymentEntry>(
        "purchase",
        `select reference as "orderId", 'captured' as state, amount::float8, currency from acquirer_ledger
         where captured_at is not null and reversed_at is null`,
      ),
      mall.query<Books["shipments"][number]>(
        "shipping",
        `select order_id as "orderId", state, items from shipments`,
      ),
      mall.query<Books["reservations"][number]>(
        "product",
        `select order_id as "orderId", state, lines from reservations`,
      ),
      mall.query<{ id: string; available: number }>("product", `select id, available from products`),
      mall.query<Books["mails"][number]>(
        "email",
        `select order_id as "orderId", event_id as "eventId", template from emails`,
      ),
      mall.query<{ id: string }>("info", `select event_id as id from counted_events`),
      mall.query<CurrencyEntry>(
        "info",
        `select currency, confirmed::float8, cancelled::float8, products_sold::float8 as "productsSold",
           revenue::float8 from currency_totals`,
      ),
    ]);
  return {
    orders,
    undelivered: outbox[0]?.jobs ?? 0,
    charges,
    captures,
    shipments,
    reservations,
    stock: new Map(stock.map(({ id, available }) => [id, available])),
    mails,
    countedEvents: counted.map(({ id }) => id),
    statistics,
  };
}
