import type { Order, OrderStep } from "../../clients/order.ts";
import { formatInstant } from "../../i18n/formats.ts";
import { useView } from "../../view.ts";

const stepsOfAnOrder: readonly OrderStep["step"][] = ["reserve", "charge", "ship", "commit"];

/** The steps of the order's saga as they happened, undone ones included, and those still to come. */
export function OrderTimeline({ order }: { order: Order }) {
  const { t } = useView();
  return (
    <ol class="timeline" data-testid="timeline">
      <Entry outcome="done" text={t.order.states.pending} at={order.createdAt} />
      {order.steps.map(({ step, outcome, at }) => (
        <Entry
          key={`${step} ${outcome} ${at}`}
          outcome={outcome}
          step={step}
          text={`${t.order.stepNames[step]}: ${t.order.outcomes[outcome]}`}
          at={at}
        />
      ))}
      {stepsToCome(order).map((step) => (
        <Entry key={step} outcome="waiting" text={`${t.order.stepNames[step]}: ${t.order.toCome}`} />
      ))}
    </ol>
  );
}

interface EntryProps {
  outcome: OrderStep["outcome"] | "waiting";
  text: string;
  step?: OrderStep["step"];
  at?: string;
}

function Entry({ outcome, text, step, at }: EntryProps) {
  const { locale } = useView();
  const told = step && { "data-step": step, "data-outcome": outcome };
  return (
    <li class={`timeline-${outcome}`} {...told}>
      <span>{text}</span>
      {at && (
        <time class="quiet" dateTime={at}>
          {formatInstant(at, locale)}
        </time>
      )}
    </li>
  );
}

/** Of an order that is being taken back, none. */
function stepsToCome({ state, steps }: Order): OrderStep["step"][] {
  if (state === "compensating" || state === "cancelled") return [];
  const begun = new Set(steps.map(({ step }) => step));
  return stepsOfAnOrder.filter((step) => !begun.has(step));
}
