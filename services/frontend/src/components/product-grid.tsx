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

interface ProductGridProps {
  products: readonly ProductSummary[];
  prices: Prices;
  /** How many are seen without scrolling, so that their pictures are not waited for. */
  atOnce?: number;
  /** Smaller, in one row that scrolls sideways where it does not fit. */
  row?: boolean;
}

export const ProductGrid = ({ products, prices, atOnce = 0, row = false }: ProductGridProps) => (
  <ul class={row ? "product-grid product-row" : "product-grid"}>
    {products.map((product, at) => (
      <li key={product.id}>
        <ProductCard product={product} prices={prices} eager={at < atOnce} />
      </li>
    ))}
  </ul>
);

interface ProductCardProps {
  product: ProductSummary;
  prices: Prices;
  eager: boolean;
}

function ProductCard({ product, prices, eager }: ProductCardProps) {
  const { locale } = useView();
  const { id, slug, name, image, stock, discountPercent } = product;
  return (
    <article
      class={stock > 0 ? "product-card" : "product-card product-card-gone"}
      data-testid="product-card"
      data-product-id={id}
      data-product-slug={slug}
    >
      <img src={image} alt="" width="400" height="400" loading={eager ? "eager" : "lazy"} />
      <h3>
        <a href={`/products/${slug}`}>{name[locale]}</a>
      </h3>
      <Price tag={prices.of(product)} discountPercent={discountPercent} />
      <Stock left={stock} quietWhenPlenty />
    </article>
  );
}
