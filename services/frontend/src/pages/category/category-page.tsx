import { annotate, NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";
import type { Category, Product } from "../../clients/product-client.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { PriceNotice } from "../../components/notice.tsx";
import { PageLinks } from "../../components/page-links.tsx";
import { ProductGrid } from "../../components/product-grid.tsx";
import type { Prices } from "../../prices.ts";
import type { Shop } from "../../shop.ts";
import { useView } from "../../view.ts";

const productsPerPage = 24;

export const categoryPage = ({ openVisit, showPage, catalogue, pricesIn }: Shop): Route =>
  route({
    method: "get",
    path: "/categories/{slug}",
    summary: "The products of a category",
    params: z.object({ slug: z.string().max(100) }),
    query: z.object({ cursor: z.string().max(500).optional() }),
    answers: { 200: "text/html" },
    problems: [404],
    async handle({ params: { slug }, query: { cursor }, request, response }) {
      const visit = openVisit(request, response);
      const [categories, { items, next }, prices] = await Promise.all([
        catalogue.categories(),
        catalogue.list({ category: slug, cursor, limit: productsPerPage }),
        pricesIn(visit.currency),
      ]);
      const category = categories.find((each) => each.slug === slug);
      if (!category) throw new NotFound(`There is no category "${slug}".`);
      annotate({ "mall.category": slug, "mall.product.count": items.length });

      const body = (
        <CategoryView category={category} products={items} prices={prices} cursor={cursor} next={next} />
      );
      return showPage(visit, { title: category.name[visit.locale], body });
    },
  });

interface CategoryViewProps {
  category: Category;
  products: readonly Product[];
  prices: Prices;
  cursor: string | undefined;
  next: string | null;
}

function CategoryView({ category, products, prices, cursor, next }: CategoryViewProps) {
  const { t, locale } = useView();
  return (
    <>
      <header class="page-title">
        <h1>{category.name[locale]}</h1>
        <p>{category.description[locale]}</p>
      </header>
      <PriceNotice prices={prices} />
      {products.length > 0 ? (
        <ProductGrid products={products} prices={prices} />
      ) : (
        <EmptyState title={t.list.empty} />
      )}
      <PageLinks path={`/categories/${category.slug}`} query={{}} cursor={cursor} next={next} />
    </>
  );
}
