import type { Order } from "../../clients/order.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageLinks } from "../../components/page-links.tsx";
import { Amount } from "../../components/price.tsx";
import { formatInstant } from "../../i18n/formats.ts";
import { useView } from "../../view.ts";
import { OrderState } from "./order-state.tsx";

interface OrderListViewProps {
  orders: readonly Order[];
  cursor: string | undefined;
  next: string | null;
}

export function OrderListView({ orders, cursor, next }: OrderListViewProps) {
  const { t } = useView();
  return (
    <>
      <header class="page-title">
        <h1>{t.order.listTitle}</h1>
      </header>
      {orders.length === 0 ? (
        <EmptyState title={t.order.none} />
      ) : (
        <ul class="orders">
          {orders.map((order) => (
            <li key={order.id}>
              <OrderRow order={order} />
            </li>
          ))}
        </ul>
      )}
      <PageLinks path="/orders" query={{}} cursor={cursor} next={next} />
    </>
  );
}

function OrderRow({ order }: { order: Order }) {
  const { t, locale } = useView();
  const names = order.lines.map(({ name, quantity }) => (quantity > 1 ? `${name} × ${quantity}` : name));
  return (
    <article class="order-row" data-testid="order" data-order-id={order.id} data-order-state={order.state}>
      <div class="order-pictures">
        {order.lines.slice(0, 3).map(({ productId, image }) => (
          <img key={productId} src={image} alt="" width="400" height="400" loading="lazy" />
        ))}
      </div>
      <div>
        <h2>
          <a href={`/orders/${order.id}`} aria-label={`${t.order.details}: ${names.join(", ")}`}>
            {names.join(", ")}
          </a>
        </h2>
        <p class="quiet">
          <time dateTime={order.createdAt}>{formatInstant(order.createdAt, locale)}</time>
        </p>
      </div>
      <OrderState state={order.state} />
      <Amount of={order.total} />
    </article>
  );
}
