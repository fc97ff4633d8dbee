import { annotate, ok, Problem, type Route, route } from "@mall/kit";
import type { CatalogueDocument } from "./catalogue-document.ts";
import type { CatalogueIndex } from "./catalogue-index.ts";
import { searchCatalogue, suggestProducts } from "./search.ts";
import {
  documentBody,
  documentParams,
  searchBody,
  searchQuery,
  suggestBody,
  suggestQuery,
} from "./search-api.ts";

export const createRoutes = (currentIndex: () => CatalogueIndex): Route[] => [
  route({
    method: "get",
    path: "/search",
    summary: "Products that match what was typed, with what else could be chosen",
    query: searchQuery,
    answers: { 200: searchBody },
    handle({ query: { cursor, limit, ...query } }) {
      const found = searchCatalogue(currentIndex(), query, { cursor, limit });
      annotate({ "mall.search.hits": found.total, "mall.locale": query.locale });
      return ok({ ...found, items: found.items.map(toHit) });
    },
  }),
  route({
    method: "get",
    path: "/search/suggest",
    summary: "Products that somebody may be about to type",
    query: suggestQuery,
    answers: { 200: suggestBody },
    handle({ query: { q, locale } }) {
      const found = suggestProducts(currentIndex(), q, locale);
      annotate({ "mall.search.hits": found.length, "mall.locale": locale });
      return ok({
        items: found.map(({ name, slug, image }) => ({ text: name[locale], slug, image })),
        next: null,
      });
    },
  }),
  route({
    method: "get",
    path: "/search/{id}",
    summary: "A product as it is indexed",
    params: documentParams,
    answers: { 200: documentBody },
    problems: [404],
    handle({ params: { id } }) {
      const document = currentIndex().byId.get(id);
      if (!document) throw notIndexed(id);
      annotate({ "mall.product.id": id });
      return ok(document);
    },
  }),
];

const toHit = (document: CatalogueDocument) => ({
  id: document.id,
  slug: document.slug,
  category: document.category,
  name: document.name,
  price: document.price,
  discountPercent: document.discountPercent,
  image: document.image,
  stock: document.stock,
});

const notIndexed = (id: string) =>
  new Problem(404, "not-found", `No product ${id} is in the index.`, {
    errors: [{ field: "id", message: "is no product of the index" }],
  });
