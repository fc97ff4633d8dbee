import type { Database } from "@mall/kit";
import { defaultLocale, isLocale } from "./i18n/locale.ts";
import type { FrontendSchema } from "./migrations/schema.ts";
import type { Profile } from "./profile.ts";

export type ProfileRepository = ReturnType<typeof createProfileRepository>;

export const createProfileRepository = (database: Database<FrontendSchema>) => ({
  async find(session: string | undefined): Promise<Profile | undefined> {
    if (session === undefined) return undefined;
    const row = await database
      .selectFrom("profiles")
      .select([
        "name",
        "email",
        "line1",
        "city",
        "postal_code as postalCode",
        "country",
        "locale",
        "currency",
      ])
      .where("session_id", "=", session)
      .executeTakeFirst();
    return row && { ...row, locale: isLocale(row.locale) ? row.locale : defaultLocale };
  },

  async save(session: string, profile: Profile): Promise<void> {
    const { name, email, line1, city, postalCode, country, locale, currency } = profile;
    const address = { line1, city, postal_code: postalCode, country };
    const columns = { name, email, ...address, locale, currency, updated_at: new Date() };
    await database
      .insertInto("profiles")
      .values({ session_id: session, ...columns })
      .onConflict((conflict) => conflict.column("session_id").doUpdateSet(columns))
      .execute();
  },

  /** Changes the preferences of a session that has a profile; there is nothing to keep for one that has none. */
  async prefer(session: string, preferences: Partial<Pick<Profile, "locale" | "currency">>): Promise<void> {
    await database
      .updateTable("profiles")
      .set({ ...preferences, updated_at: new Date() })
      .where("session_id", "=", session)
      .execute();
  },
});
