import { useView } from "../view.ts";

const fewUnits = 5;

/** How much is left, where that matters to somebody who decides now. */
export function Stock({ left, quietWhenPlenty = false }: { left: number; quietWhenPlenty?: boolean }) {
  const { t } = useView();
  if (left <= 0) return <p class="stock stock-none">{t.product.soldOut}</p>;
  if (left <= fewUnits) return <p class="stock stock-few">{t.product.few(left)}</p>;
  return quietWhenPlenty ? null : <p class="stock">{t.product.inStock}</p>;
}
