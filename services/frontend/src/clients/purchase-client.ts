import type { HttpClient } from "@mall/kit";
import { z } from "zod";
import { localized } from "../i18n/locale.ts";

const card = z.object({ id: z.string(), brand: z.string(), last4: z.string(), label: localized });
export type Card = z.output<typeof card>;

const cardList = z.object({ items: z.array(card) });

export type PurchaseClient = ReturnType<typeof createPurchaseClient>;

export const createPurchaseClient = (http: HttpClient) => ({
  async cards(): Promise<Card[]> {
    return (await http.request({ method: "GET", path: "/cards", answer: cardList })).items;
  },
});
