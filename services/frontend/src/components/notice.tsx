import type { ComponentChildren } from "preact";
import type { Prices } from "../prices.ts";
import { useView } from "../view.ts";

interface NoticeProps {
  /** `problem` is read out at once; the others when the reader is ready. */
  tone: "info" | "done" | "problem";
  children: ComponentChildren;
  testId?: string;
}

export const Notice = ({ tone, children, testId }: NoticeProps) => (
  <div class={`notice notice-${tone}`} role={tone === "problem" ? "alert" : "status"} data-testid={testId}>
    {children}
  </div>
);

/** Says so when prices are not in the currency that the shopper has chosen. */
export function PriceNotice({ prices }: { prices: Prices }) {
  const { t } = useView();
  return prices.asPreferred ? null : (
    <Notice tone="info" testId="prices-unconverted">
      {t.shop.pricesUnconverted}
    </Notice>
  );
}
