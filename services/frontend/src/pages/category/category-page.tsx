import { annotate, NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";
import { searchPatienceMs } from "../../clients/search-client.ts";
import { optional } from "../../optional.ts";
import type { Shop } from "../../shop.ts";
import { searchQuery, toSearch } from "../search/search-query.ts";
import { CategoryView } from "./category-view.tsx";
import { breadcrumbsOf } from "../discovery/breadcrumbs.ts";

const productsPerPage = 24;

const categoryQuery = searchQuery.omit({ q: true, category: true }).meta({ id: "CategoryPageQuery" });

export const categoryPage = ({ openVisit, showPage, catalogue, search, pricesIn }: Shop): Route =>
  route({
    method: "get",
    path: "/categories/{slug}",
    summary:
      "The products of a category, sorted and narrowed down by search, or else as the catalogue has them",
    params: z.object({ slug: z.string().max(100) }),
    query: categoryQuery,
    answers: { 200: "text/html" },
    problems: [404],
    async handle({ params: { slug }, query: choices, request, response }) {
      const visit = openVisit(request, response);
      const query = { ...choices, q: "", category: slug };
      const [categories, results, prices] = await Promise.all([
        catalogue.categories(),
        optional(search.find(toSearch(query), visit.locale, productsPerPage), searchPatienceMs),
        pricesIn(visit.currency),
      ]);
      const category = categories.find((each) => each.slug === slug);
      if (!category) throw new NotFound(`There is no category "${slug}".`);
      const all = results ? undefined : (await catalogue.shelf()).filter((each) => each.category === slug);
      annotate({ "mall.category": slug, "mall.product.count": results?.items.length ?? all?.length ?? 0 });

      const name = category.name[visit.locale];
      return showPage(visit, {
        title: name,
        description: category.description[visit.locale],
        publicPath: `/categories/${slug}`,
        about: [breadcrumbsOf(visit, [{ name, path: `/categories/${slug}` }])],
        body: <CategoryView {...{ category, query, results, prices }} all={all ?? []} />,
      });
    },
  });
