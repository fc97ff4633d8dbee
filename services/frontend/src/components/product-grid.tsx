import type { Localized } from "../i18n/locale.ts";
import type { Offer, Prices } from "../prices.ts";
import { useView } from "../view.ts";
import { Price } from "./price.tsx";
import { Stock } from "./stock.tsx";

/** What a card shows; both the catalogue's products and search's hits have it. */
export interface ProductSummary extends Offer {
  id: string;
  slug: string;
  name: Localized;
  image: string;
  stock: number;
}

export const ProductGrid = ({
  products,
  prices,
}: {
  products: readonly ProductSummary[];
  prices: Prices;
}) => (
  <ul class="product-grid">
    {products.map((product) => (
      <li key={product.id}>
        <ProductCard product={product} prices={prices} />
      </li>
    ))}
  </ul>
);

function ProductCard({ product, prices }: { product: ProductSummary; prices: Prices }) {
  const { locale } = useView();
  const { id, slug, name, image, stock, discountPercent } = product;
  return (
    <article class="product-card" data-testid="product-card" data-product-id={id} data-product-slug={slug}>
      <img src={image} alt="" width="400" height="400" loading="lazy" />
      <h3>
        <a href={`/products/${slug}`}>{name[locale]}</a>
      </h3>
      <Price tag={prices.of(product)} discountPercent={discountPercent} />
      <Stock left={stock} quietWhenPlenty />
    </article>
  );
}
