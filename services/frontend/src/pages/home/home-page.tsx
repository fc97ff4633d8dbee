import { type Route, route } from "@mall/kit";
import { messagesOf } from "../../i18n/messages.ts";
import { optional } from "../../optional.ts";
import { viewedOn } from "../../recently-viewed.ts";
import type { Shop } from "../../shop.ts";
import { HomeView } from "./home-view.tsx";

export const homePage = ({ openVisit, showPage, catalogue, pricesIn, ads, stats }: Shop): Route =>
  route({
    method: "get",
    path: "/",
    summary: "The home page: categories, what is reduced, and what the shopper has looked at",
    answers: { 200: "text/html" },
    async handle({ request, response }) {
      const visit = openVisit(request, response);
      const [products, prices, shownAds = [], figures] = await Promise.all([
        catalogue.shelf(),
        pricesIn(visit.currency),
        optional(ads.forContext(undefined, 1)),
        optional(stats()),
      ]);
      const { shop } = messagesOf(visit.locale);
      const viewed = viewedOn(products, visit.viewed);
      return showPage(visit, {
        title: shop.home,
        publicPath: "/",
        about: [{ ...aShop, name: shop.name, url: visit.origin, description: shop.tagline }],
        body: <HomeView ad={shownAds[0]} {...{ products, prices, viewed, figures }} />,
      });
    },
  });

const aShop = { "@context": "https://schema.org", "@type": "OnlineStore" };
