import { type Route, route } from "@mall/kit";
import { messagesOf } from "../../i18n/messages.ts";
import type { Shop } from "../../shop.ts";
import { SavedView } from "./saved-view.tsx";

export const savedPage = ({ openVisit, showPage, carts, catalogue, pricesIn }: Shop): Route =>
  route({
    method: "get",
    path: "/saved",
    summary: "The wish list",
    answers: { 200: "text/html" },
    async handle({ request, response }) {
      const visit = openVisit(request, response);
      const pricesLater = pricesIn(visit.currency);
      const lines = visit.session ? await carts.lines(visit.session, "saved") : [];
      const [products, prices] = await Promise.all([
        catalogue.findMany(lines.map(({ productId }) => productId)),
        pricesLater,
      ]);
      const sold = lines.flatMap(({ productId }) => products.get(productId) ?? []);
      const body = <SavedView products={sold} prices={prices} />;
      return showPage(visit, { title: messagesOf(visit.locale).saved.title, body });
    },
  });
