import type { OrderLine, Quote } from "../clients/order.ts";
import { useView } from "../view.ts";
import { Amount } from "./price.tsx";

export const OrderLines = ({ lines }: { lines: readonly OrderLine[] }) => (
  <ul class="order-lines">
    {lines.map(({ productId, slug, name, image, quantity, total }) => (
      <li key={productId} data-testid="order-line" data-product-id={productId}>
        <img src={image} alt="" width="400" height="400" />
        <span class="order-line-name">
          <a href={`/products/${slug}`}>{name}</a>
          <span class="quiet">{` ×\u00a0${quantity}`}</span>
        </span>
        <Amount of={total} />
      </li>
    ))}
  </ul>
);

/** The sums of an order or of what one would cost, with the rates they were made at. */
export function Totals({
  subtotal,
  shipping,
  total,
  rates,
}: Pick<Quote, "subtotal" | "shipping" | "total" | "rates">) {
  const { t } = useView();
  const converted = rates.filter(({ from, to }) => from !== to);
  return (
    <>
      <dl class="totals">
        <dt>{t.checkout.subtotal}</dt>
        <dd>
          <Amount of={subtotal} />
        </dd>
        <dt>{t.checkout.shipping}</dt>
        <dd>
          <Amount of={shipping} />
        </dd>
        <dt class="total">{t.checkout.total}</dt>
        <dd class="total" data-testid="total">
          <Amount of={total} />
        </dd>
      </dl>
      {converted.map(({ from, to, rate, date }) => (
        <p key={from} class="quiet">
          {t.checkout.rate(from, rate, to, date)}
        </p>
      ))}
    </>
  );
}
