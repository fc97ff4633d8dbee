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
  /** Of each product: one level below the heading that the grid stands under. */
  heading?: "h2" | "h3";
  /** Smaller, in one row that scrolls sideways where it does not fit. */
  row?: boolean;
}

export const ProductGrid = ({
  products,
  prices,
  atOnce = 0,
  heading = "h3",
  row = false,
}: ProductGridProps) => (
  <ul class={row ? "product-grid product-row" : "product-grid"}>
    {products.map((product, at) => (
      <li key={product.id}>
        <ProductCard product={product} prices={prices} eager={at < atOnce} Heading={heading} />
      </li>
    ))}
  </ul>
);

interface ProductCardProps {
  product: ProductSummary;
  prices: Prices;
  eager: boolean;
  Heading: "h2" | "h3";
}

function ProductCard({ product, prices, eager, Heading }: ProductCardProps) {
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
      <Heading>
        <a href={`/products/${slug}`}>{name[locale]}</a>
      </Heading>
      <Price tag={prices.of(product)} discountPercent={discountPercent} />
      <Stock left={stock} quietWhenPlenty />
    </article>
  );
}
