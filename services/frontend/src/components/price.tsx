import { formatMoney, type Money } from "@mall/kit";
import { formatPercent } from "../i18n/formats.ts";
import type { PriceTag } from "../prices.ts";
import { useView } from "../view.ts";

/** An amount in the manner of the page's language; scripts read it from the `value`. */
export function Amount({ of }: { of: Money }) {
  const { locale } = useView();
  return (
    <data class="amount" value={`${of.amount} ${of.currency}`}>
      {formatMoney(of, locale)}
    </data>
  );
}

interface PriceProps {
  tag: PriceTag;
  discountPercent?: number;
  /** Where there is room: how much that is less. */
  saying?: boolean;
}

/** A price, with what it was before the discount. */
export function Price({ tag, discountPercent = 0, saying = false }: PriceProps) {
  const { t, locale } = useView();
  const saved = tag.before && { ...tag.pay, amount: tag.before.amount - tag.pay.amount };
  return (
    <p class="price">
      <span class="visually-hidden">{`${t.product.price}: `}</span>
      <Amount of={tag.pay} />
      {tag.before && (
        <>
          <span class="visually-hidden">{` ${t.product.priceBefore}: `}</span>
          <s class="price-before">
            <Amount of={tag.before} />
          </s>
          <span class="badge">{t.product.off(formatPercent(discountPercent, locale))}</span>
          {saying && saved && <span class="price-saved">{t.product.saved(formatMoney(saved, locale))}</span>}
        </>
      )}
    </p>
  );
}
