import { type Route, route } from "@mall/kit";
import { z } from "zod";
import { currencyChoice, languageChoice } from "../forms/text-rules.ts";
import { localPath } from "../local-path.ts";
import { optional } from "../optional.ts";
import { seeOther } from "../page.tsx";
import type { Shop } from "../shop.ts";

/** The language and currency that every page offers to change. */
export const preferencesAction = ({ openVisit, profiles }: Shop): Route =>
  route({
    method: "post",
    path: "/preferences",
    summary: "Choose the language and the currency, and go back to the page",
    bodyType: "form",
    body: z.object({
      language: languageChoice.optional(),
      currency: currencyChoice.optional(),
      returnTo: z.string().max(2_000).optional(),
    }),
    answers: { 303: null },
    async handle({ body: { language, currency, returnTo }, request, response }) {
      const visit = openVisit(request, response);
      visit.prefer({ locale: language, currency });
      const chosen = { ...(language && { locale: language }), ...(currency && { currency }) };
      if (visit.session) await optional(profiles.prefer(visit.session, chosen));
      return seeOther(localPath(returnTo));
    },
  });
