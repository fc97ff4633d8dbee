import { Icon } from "../../components/icon.tsx";
import { QuantityField } from "../../components/quantity-field.tsx";
import { useView } from "../../view.ts";
import type { ProductViewProps } from "./product-view.tsx";

export function BuyForm({ product: { id, slug }, typed }: Pick<ProductViewProps, "product" | "typed">) {
  const { t } = useView();
  return (
    <form
      class="buy"
      method="post"
      action="/cart/items"
      data-testid="add-to-cart"
      noValidate={typed !== undefined}
    >
      <input type="hidden" name="productId" value={id} />
      <QuantityField
        id="quantity"
        label={t.product.quantity}
        value={typed?.quantity ?? "1"}
        problem={typed?.problem}
      />
      <div class="actions">
        <button class="button" type="submit">
          {t.product.add}
        </button>
        <button class="button button-quiet" type="submit" formMethod="get" formAction={`/buy-now/${slug}`}>
          {t.product.buyNow}
        </button>
      </div>
    </form>
  );
}

/** On a shelf that is empty, the one thing there is to do. */
export function SaveForm({ product: { id, stock } }: Pick<ProductViewProps, "product">) {
  const { t } = useView();
  return (
    <form method="post" action="/saved/items" data-testid="save">
      <input type="hidden" name="productId" value={id} />
      <button class={stock > 0 ? "button-link" : "button"} type="submit">
        <Icon name="heart" />
        {t.product.save}
      </button>
    </form>
  );
}
