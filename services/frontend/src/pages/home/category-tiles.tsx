import type { Product } from "../../clients/product-client.ts";
import { useView } from "../../view.ts";

/** A way into each category, with the picture of something that is in it. */
export function CategoryTiles({ products }: { products: readonly Product[] }) {
  const { t, locale, categories } = useView();
  if (!categories) return <p class="quiet">{t.shop.noCategories}</p>;
  return (
    <ul class="category-tiles">
      {categories.map(({ slug, name }) => {
        const inside = products.filter(({ category }) => category === slug);
        return (
          <li key={slug} class="category-tile">
            {inside[0] && <img src={inside[0].image} alt="" width="400" height="400" />}
            <a href={`/categories/${slug}`}>{name[locale]}</a>
            <span class="quiet">{t.home.productsIn(inside.length)}</span>
          </li>
        );
      })}
    </ul>
  );
}
