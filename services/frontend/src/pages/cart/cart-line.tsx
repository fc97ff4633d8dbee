import { Amount } from "../../components/price.tsx";
import { QuantityField } from "../../components/quantity-field.tsx";
import { Whose } from "../../components/whose.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import type { PricedLine } from "./cart-page.tsx";
import type { TypedLine } from "./cart-view.tsx";

interface CartLineProps {
  line: PricedLine;
  prices: Prices;
  typed: TypedLine | undefined;
}

export function CartLineView({ line, prices, typed }: CartLineProps) {
  const { t, locale } = useView();
  const { product, productId, quantity } = line;
  if (!product) return <GoneLine productId={productId} />;

  const name = product.name[locale];
  const tag = prices.of(product, quantity);
  const action = `/cart/items/${productId}`;
  return (
    <article class="cart-line" data-testid="cart-line" data-product-id={productId}>
      <img src={product.image} alt="" width="400" height="400" />
      <div class="cart-line-text">
        <h2>
          <a href={`/products/${product.slug}`}>{name}</a>
        </h2>
        {product.stock < quantity && <p class="stock stock-few">{t.cart.notEnough(product.stock)}</p>}
        <form
          class="field-row"
          method="post"
          action={action}
          data-submit-on-change
          noValidate={typed !== undefined}
        >
          <QuantityField
            id={`quantity-${productId}`}
            label={t.cart.quantityOf(name)}
            labelHidden
            value={typed?.quantity ?? String(quantity)}
            problem={typed && "quantity"}
          />
          <button class="button button-quiet" type="submit">
            {t.cart.update}
          </button>
        </form>
        <div class="line-actions">
          <form method="post" action={`${action}/save`}>
            <button class="button-link" type="submit">
              {t.cart.save}
              <Whose name={name} />
            </button>
          </form>
          <form method="post" action={`${action}/remove?quantity=${quantity}`}>
            <button class="button-link" type="submit">
              {t.cart.remove}
              <Whose name={name} />
            </button>
          </form>
        </div>
      </div>
      <p class="price" data-testid="line-total">
        <Amount of={tag.pay} />
        {tag.before && (
          <s class="price-before">
            <Amount of={tag.before} />
          </s>
        )}
      </p>
    </article>
  );
}

function GoneLine({ productId }: { productId: string }) {
  const { t } = useView();
  return (
    <article class="cart-line cart-line-gone" data-testid="cart-line" data-product-id={productId}>
      <p>{t.cart.gone}</p>
      <form method="post" action={`/cart/items/${productId}/remove`}>
        <button class="button button-quiet" type="submit">
          {t.cart.remove}
        </button>
      </form>
    </article>
  );
}
