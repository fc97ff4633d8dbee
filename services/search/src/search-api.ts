import { money, pageOf, paging } from "@mall/kit";
import { z } from "zod";
import { locales } from "./catalogue-document.ts";
import { sorts } from "./ordering.ts";

/** The queries that this service takes and the bodies it gives; its OpenAPI document is made from them. */

const localized = z.object({ ko: z.string(), en: z.string(), es: z.string() }).meta({ id: "Localized" });

const typed = z.string().trim().max(100);
const locale = z.enum(locales).default("en").meta({ description: "Whose words count a little more" });

// As text first: a number parser would take "", "1e3" and "0x10" for prices.
const price = z
  .string()
  .regex(/^\d{1,12}$/, { error: "must be a whole, non-negative number of minor units" })
  .transform(Number)
  .optional()
  .meta({ type: "integer", description: "Minor units of USD, compared with the discounted price" });

const flag = z.stringbool({ truthy: ["true"], falsy: ["false"] }).default(false);

export const searchQuery = z
  .object({
    q: typed
      .transform((text) => text || undefined)
      .optional()
      .meta({ type: "string", description: "What is looked for; everything without it" }),
    category: z.string().max(100).optional().meta({ description: "Slug of a category" }),
    minPrice: price,
    maxPrice: price,
    reduced: flag.meta({ description: "Only what has a discount" }),
    inStock: flag.meta({ description: "Only what can be bought now" }),
    sort: z.enum(sorts).default("relevance"),
    locale,
    ...paging,
  })
  .refine(({ minPrice = 0, maxPrice = Infinity }) => minPrice <= maxPrice, {
    path: ["minPrice"],
    error: "must not be above maxPrice",
  });

export const suggestQuery = z.object({ q: typed.min(1), locale });
export const documentParams = z.object({ id: z.uuid() });

const hit = z
  .object({
    id: z.uuid(),
    slug: z.string(),
    category: z.string(),
    name: localized,
    price: money.meta({ description: "Before the discount" }),
    discountPercent: z.int().min(0).max(100),
    image: z.string(),
    stock: z.int().nonnegative(),
  })
  .meta({ id: "Hit" });

const count = z.int().nonnegative();

export const searchBody = pageOf(hit).extend({
  total: count.meta({ description: "Hits before paging" }),
  facets: z.object({
    categories: z.array(z.object({ slug: z.string(), count })),
    prices: z.array(z.object({ min: z.int(), max: z.int().nullable(), count })),
    reduced: count.meta({ description: "How many of them have a discount" }),
    inStock: count.meta({ description: "How many of them can be bought now" }),
  }),
});

export const suggestBody = z.object({
  items: z.array(z.object({ text: z.string(), slug: z.string(), image: z.string() })),
  next: z.null(),
});

export const documentBody = hit
  .extend({
    categoryName: localized,
    description: localized,
    keywords: localized,
    discountedPrice: z.int().nonnegative().meta({ description: "Minor units of USD" }),
    place: z.int().nonnegative().meta({ description: "In the catalogue's own order" }),
  })
  .meta({ id: "Document" });
