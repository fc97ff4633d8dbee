import { type Answer, type Route, route } from "@mall/kit";
import { z } from "zod";
import { countryOf } from "../../countries.ts";
import { addressFields, typedAddress } from "../../forms/address-form.ts";
import { type FieldProblems, readForm } from "../../forms/field-problem.ts";
import { currencyChoice, languageChoice, typedText } from "../../forms/text-rules.ts";
import { messagesOf } from "../../i18n/messages.ts";
import { seeOther } from "../../page.tsx";
import type { Shop } from "../../shop.ts";
import type { Visit } from "../../visit.ts";
import { ProfileView, type TypedProfile } from "./profile-view.tsx";

const typedProfile = z.object({ ...typedAddress, language: typedText, currency: typedText });
const profileForm = z.object({ ...addressFields, language: languageChoice, currency: currencyChoice });

interface ProfileState {
  typed: TypedProfile;
  problems?: FieldProblems;
  saved?: boolean;
}

export function profileRoutes({ openVisit, showPage, profiles }: Shop): Route[] {
  async function showProfile(
    visit: Visit,
    { typed, problems = {}, saved = false }: ProfileState,
  ): Promise<Answer> {
    const refused = Object.keys(problems).length > 0;
    return showPage(visit, {
      title: messagesOf(visit.locale).profile.title,
      body: <ProfileView typed={typed} problems={problems} saved={saved} />,
      at: "/profile",
      ...(refused && { status: 422 }),
    });
  }

  return [
    route({
      method: "get",
      path: "/profile",
      summary: "What the shop remembers to fill forms in with",
      query: z.object({ saved: z.literal("yes").optional().catch(undefined) }),
      answers: { 200: "text/html" },
      async handle({ query: { saved }, request, response }) {
        const visit = openVisit(request, response);
        const { locale, currency } = visit;
        const known = (await profiles.find(visit.session)) ?? { ...empty, country: countryOf[locale] };
        return showProfile(visit, {
          typed: { ...known, language: locale, currency },
          saved: saved === "yes",
        });
      },
    }),
    route({
      method: "post",
      path: "/profile",
      summary: "Remember name, address and preferences",
      bodyType: "form",
      body: typedProfile,
      answers: { 303: null, 422: "text/html" },
      async handle({ body: typed, request, response }) {
        const visit = openVisit(request, response);
        const reading = readForm(profileForm, typed);
        if ("problems" in reading) return showProfile(visit, { typed, problems: reading.problems });
        const { language: locale, ...profile } = reading.form;
        await profiles.save(visit.ensureSession(), { ...profile, locale });
        visit.prefer({ locale, currency: profile.currency });
        return seeOther("/profile?saved=yes");
      },
    }),
  ];
}

const empty = { email: "", name: "", line1: "", city: "", postalCode: "" };
