import { ok, type Route, route } from "@mall/kit";
import { z } from "zod";
import { suggestions } from "../../clients/search-client.ts";
import { optional } from "../../optional.ts";
import type { Shop } from "../../shop.ts";

/** For the script that completes what is being typed; without it, search works all the same. */
export const suggestRoute = ({ openVisit, search }: Shop): Route =>
  route({
    method: "get",
    path: "/suggest",
    summary: "Products that begin as what is being typed; none when search is down",
    query: z.object({ q: z.string().trim().min(1).max(100) }),
    answers: { 200: suggestions },
    async handle({ query: { q }, request, response }) {
      const { locale } = openVisit(request, response);
      return ok(
        { items: (await optional(search.suggest(q, locale))) ?? [] },
        { "cache-control": "private, max-age=60" },
      );
    },
  });
