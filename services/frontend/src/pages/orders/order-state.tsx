import type { Order } from "../../clients/order.ts";
import { useView } from "../../view.ts";

const tones: Readonly<Record<Order["state"], string>> = {
  pending: "under-way",
  reserved: "under-way",
  charged: "under-way",
  shipped: "under-way",
  confirmed: "done",
  compensating: "ended",
  cancelled: "ended",
};

export function OrderState({ state }: Pick<Order, "state">) {
  const { t } = useView();
  return <span class={`state state-${tones[state]}`}>{t.order.states[state]}</span>;
}
