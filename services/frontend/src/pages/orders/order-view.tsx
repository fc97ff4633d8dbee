import type { Order } from "../../clients/order.ts";
import { Breadcrumbs } from "../../components/breadcrumbs.tsx";
import { Notice } from "../../components/notice.tsx";
import { OrderLines, Totals } from "../../components/order-lines.tsx";
import { countryName, formatInstant } from "../../i18n/formats.ts";
import type { Messages } from "../../i18n/messages.ts";
import { useView } from "../../view.ts";
import { OrderState } from "./order-state.tsx";
import { OrderTimeline } from "./order-timeline.tsx";

interface OrderViewProps {
  order: Order;
  /** Undefined for an order that was not traced. */
  traceUrl: string | undefined;
  /** What the card is called; undefined when purchase does not answer. */
  cardLabel: string | undefined;
}

export function OrderView({ order, traceUrl, cardLabel }: OrderViewProps) {
  const { t } = useView();
  return (
    <section class="stack" data-testid="order" data-order-id={order.id} data-order-state={order.state}>
      <Breadcrumbs above={[{ href: "/orders", text: t.order.listTitle }]} here={t.order.details} />
      <header class="page-title">
        <h1>{t.order.details}</h1>
        <OrderState state={order.state} />
      </header>
      {order.failure && (
        <>
          <Notice tone="problem">{failureText(order.failure.code, t)}</Notice>
          <p class="actions">
            <a class="button" href="/cart">
              {t.order.tryAgain}
            </a>
            <a class="button button-quiet" href="/search">
              {t.cart.goOn}
            </a>
          </p>
        </>
      )}
      <div class="with-summary">
        <div>
          <h2>{t.order.steps}</h2>
          <OrderTimeline order={order} />
          {traceUrl && (
            <p>
              <a href={traceUrl} rel="noreferrer" data-testid="trace">
                {t.order.trace}
              </a>
            </p>
          )}
          <OrderFacts order={order} cardLabel={cardLabel} />
        </div>
        <section class="summary" aria-label={t.checkout.summary}>
          <OrderLines lines={order.lines} />
          <Totals {...order} />
        </section>
      </div>
    </section>
  );
}

function OrderFacts({ order, cardLabel }: Pick<OrderViewProps, "order" | "cardLabel">) {
  const { t, locale } = useView();
  const { name, line1, city, postalCode, country } = order.address;
  return (
    <dl class="facts">
      <dt>{t.order.number}</dt>
      <dd>
        <code>{order.id}</code>
      </dd>
      <dt>{t.order.placedAt}</dt>
      <dd>
        <time dateTime={order.createdAt}>{formatInstant(order.createdAt, locale)}</time>
      </dd>
      {order.trackingCode !== null && (
        <>
          <dt>{t.order.tracking}</dt>
          <dd>
            <code>{order.trackingCode}</code>
          </dd>
        </>
      )}
      <dt>{t.order.deliverTo}</dt>
      <dd>{[name, line1, `${postalCode} ${city}`, countryName(country, locale)].join(", ")}</dd>
      <dt>{t.order.paidWith}</dt>
      <dd>{cardLabel ?? order.cardId}</dd>
    </dl>
  );
}

function failureText(code: string, { order: { failures } }: Messages): string {
  return code in failures ? failures[code as keyof typeof failures] : failures.other;
}
