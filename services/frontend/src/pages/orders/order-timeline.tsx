import type { Order } from "../../clients/order.ts";
import { formatInstant } from "../../i18n/formats.ts";
import { useView } from "../../view.ts";

/** The steps of the order's saga as they happened, undone ones included. */
export function OrderTimeline({ order }: { order: Order }) {
  const { t, locale } = useView();
  return (
    <ol class="timeline" data-testid="timeline">
      <li class="timeline-done">
        <span>{t.order.states.pending}</span>
        <time class="quiet" dateTime={order.createdAt}>
          {formatInstant(order.createdAt, locale)}
        </time>
      </li>
      {order.steps.map(({ step, outcome, at }) => (
        <li
          key={`${step} ${outcome} ${at}`}
          class={`timeline-${outcome}`}
          data-step={step}
          data-outcome={outcome}
        >
          <span>{`${t.order.stepNames[step]}: ${t.order.outcomes[outcome]}`}</span>
          <time class="quiet" dateTime={at}>
            {formatInstant(at, locale)}
          </time>
        </li>
      ))}
    </ol>
  );
}
