import { formatMoney } from "@mall/kit";
import type { Quote } from "../../clients/order.ts";
import { Notice } from "../../components/notice.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { useView } from "../../view.ts";
import type { CheckoutNews } from "./checkout-page.tsx";

interface CheckoutNoticeProps {
  news: CheckoutNews | undefined;
  quote: Quote | undefined;
}

/** Why the page is shown again, and what is in the way of an order. */
export function CheckoutNotice({ news, quote }: CheckoutNoticeProps) {
  const { t, locale } = useView();
  const total = quote ? formatMoney(quote.total, locale) : "";
  const obstacle = quote && obstacleOf(quote, t);
  if (obstacle)
    return (
      <Notice tone="problem" testId="checkout-problem">
        {obstacle}
      </Notice>
    );
  if (news === undefined || !quote) return null;
  if (news === "updated") return <Notice tone="done">{t.checkout.updated(total)}</Notice>;
  return (
    <Notice tone="problem" testId="checkout-problem">
      {textOf(news, total, t)}
    </Notice>
  );
}

function obstacleOf({ lines, problems }: Quote, t: Messages): string | undefined {
  if (problems.length === 0) return undefined;
  if (problems.some(({ code }) => code === "unknown")) return t.checkout.unavailable;
  const names = problems.map(({ productId, available }) => {
    const name = lines.find((line) => line.productId === productId)?.name ?? "";
    return `${name} (${t.cart.notEnough(available)})`;
  });
  return t.checkout.soldOut(names.join(", "));
}

function textOf(news: Exclude<CheckoutNews, "updated">, total: string, { checkout }: Messages): string {
  const texts: Record<typeof news, string> = {
    "price-changed": checkout.priceChanged(total),
    "card-declined": checkout.cardDeclined,
    "insufficient-funds": checkout.insufficientFunds,
    cancelled: checkout.cancelled,
    "key-reused": checkout.keyReused,
    // Sold out, and yet nothing is in the way any more: somebody else's order was taken back meanwhile.
    "sold-out": checkout.cancelled,
  };
  return texts[news];
}
