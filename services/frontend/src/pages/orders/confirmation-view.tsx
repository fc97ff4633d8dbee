import type { Order } from "../../clients/order.ts";
import { Icon } from "../../components/icon.tsx";
import { Notice } from "../../components/notice.tsx";
import { OrderLines, Totals } from "../../components/order-lines.tsx";
import { useView } from "../../view.ts";

export function ConfirmationView({ order }: { order: Order }) {
  const { t } = useView();
  return (
    <section
      class="narrow stack"
      data-testid="confirmation"
      data-order-id={order.id}
      data-order-state={order.state}
    >
      <Outcome order={order} />
      <p>
        {`${t.order.number} `}
        <code>{order.id}</code>
      </p>
      <div class="panel">
        <OrderLines lines={order.lines} />
        <Totals {...order} />
      </div>
      <p class="actions">
        <a class="button" href={`/orders/${order.id}`}>
          {t.order.details}
        </a>
        <a class="button button-quiet" href="/search">
          {t.cart.goOn}
        </a>
      </p>
    </section>
  );
}

function Outcome({ order: { state, email } }: { order: Order }) {
  const { t } = useView();
  if (state === "confirmed")
    return (
      <div class="thanks">
        <Icon name="check" />
        <h1>{t.order.thanks}</h1>
        <p>{t.order.mail(email)}</p>
      </div>
    );
  const ended = state === "cancelled" || state === "compensating";
  return (
    <>
      <h1>{t.order.states[state]}</h1>
      <Notice tone={ended ? "problem" : "info"}>{ended ? t.order.failures.other : t.order.underWay}</Notice>
    </>
  );
}
