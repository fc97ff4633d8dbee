import type { Product } from "../../clients/product-client.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PriceNotice } from "../../components/notice.tsx";
import type { Prices } from "../../prices.ts";
import { useView } from "../../view.ts";
import { SavedLines } from "./saved-lines.tsx";

export function SavedView({ products, prices }: { products: readonly Product[]; prices: Prices }) {
  const { t } = useView();
  return (
    <>
      <header class="page-title">
        <h1>{t.saved.title}</h1>
        {products.length > 0 && <p>{t.saved.intro}</p>}
      </header>
      <PriceNotice prices={prices} />
      {products.length === 0 ? (
        <EmptyState title={t.saved.empty} hint={t.saved.emptyHint} />
      ) : (
        <SavedLines products={products} prices={prices} heading="h2" />
      )}
    </>
  );
}
