import type { HttpClient } from "@mall/kit";
import { z } from "zod";
import { localized } from "../i18n/locale.ts";
import { optionalCall } from "../optional.ts";

const ad = z.object({ id: z.string(), productSlug: z.string(), text: localized, image: z.string() });
export type Ad = z.output<typeof ad>;

const adList = z.object({ items: z.array(ad) });

export type AdClient = ReturnType<typeof createAdClient>;

export const createAdClient = (http: HttpClient) => ({
  /** Ads that suit a category's page; general ones without a category. */
  async forContext(category: string | undefined, limit: number): Promise<Ad[]> {
    const query = { context: category, limit };
    return (await http.request({ method: "GET", path: "/ads", query, ...optionalCall, answer: adList }))
      .items;
  },

  async click(id: string): Promise<void> {
    await http.request({ method: "POST", path: "/ads/{id}/clicks", params: { id }, ...optionalCall });
  },
});
