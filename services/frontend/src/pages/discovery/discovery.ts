import { type Route, route } from "@mall/kit";
import type { Shop } from "../../shop.ts";
import { sitemapOf } from "./sitemap.ts";

/** For search engines: which pages there are, and which are nobody's but the shopper's. */
export const discoveryRoutes = ({ openVisit, catalogue }: Shop): Route[] => [
  route({
    method: "get",
    path: "/sitemap.xml",
    summary: "The pages that search engines may show, in every language",
    answers: { 200: "application/xml" },
    async handle({ request, response }) {
      const { origin } = openVisit(request, response);
      const [categories, products] = await Promise.all([catalogue.categories(), catalogue.shelf()]);
      const paths = [
        "/",
        ...categories.map(({ slug }) => `/categories/${slug}`),
        ...products.map(({ slug }) => `/products/${slug}`),
      ];
      return {
        status: 200,
        body: sitemapOf(origin, paths),
        contentType: "application/xml",
        headers: { "cache-control": "public, max-age=3600" },
      };
    },
  }),
  route({
    method: "get",
    path: "/robots.txt",
    summary: "What search engines may ask for",
    answers: { 200: "text/plain" },
    handle({ request, response }) {
      const { origin } = openVisit(request, response);
      const rules = [
        "User-agent: *",
        ...ownPages.map((path) => `Disallow: ${path}`),
        `Sitemap: ${origin}/sitemap.xml`,
      ];
      return {
        status: 200,
        body: `${rules.join("\n")}\n`,
        contentType: "text/plain",
        headers: { "cache-control": "public, max-age=3600" },
      };
    },
  }),
];

// A search is endless, and the others are different for everybody.
const ownPages = ["/search", "/suggest", "/cart", "/checkout", "/buy-now/", "/orders", "/saved", "/profile"];
