import { type HttpClient, priceLine } from "@mall/kit";
import { z } from "zod";
import type { CatalogueDocument, Localized } from "./catalogue-document.ts";

export type ProductClient = ReturnType<typeof createProductClient>;

const localized = z.object({ ko: z.string(), en: z.string(), es: z.string() });

const receivedProduct = z.object({
  id: z.uuid(),
  slug: z.string(),
  category: z.string(),
  name: localized,
  description: localized,
  keywords: localized,
  // The whole catalogue is priced in one currency; that is what makes its prices comparable here.
  price: z.object({ amount: z.int(), currency: z.literal("USD") }),
  discountPercent: z.int(),
  stock: z.int(),
  image: z.string(),
});
const productPage = z.object({ items: z.array(receivedProduct), next: z.string().nullable() });
const categoryList = z.object({ items: z.array(z.object({ slug: z.string(), name: localized })) });

const pageSize = 100;

export function createProductClient(http: HttpClient) {
  // Not repeated on failure: the next round of the refresh is the repetition, and an outage must not be hammered.
  const once = { method: "GET", idempotent: false } as const;

  async function products(): Promise<z.output<typeof receivedProduct>[]> {
    const all = [];
    let cursor: string | undefined;
    do {
      const query = { limit: pageSize, cursor };
      const page = await http.request({ ...once, path: "/products", query, answer: productPage });
      all.push(...page.items);
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
    return all;
  }

  async function categoryNames(): Promise<Map<string, Localized>> {
    const { items } = await http.request({ ...once, path: "/categories", answer: categoryList });
    return new Map(items.map(({ slug, name }) => [slug, name]));
  }

  return {
    /** The whole catalogue, in its own order. */
    async catalogue(): Promise<CatalogueDocument[]> {
      // One after the other: while product is down, a round fails with one call and leaves none behind.
      const received = await products();
      const names = await categoryNames();
      return received.map((product, place) => ({
        ...product,
        categoryName: names.get(product.category) ?? { ko: "", en: "", es: "" },
        discountedPrice: discounted(product),
        place,
      }));
    },
  };
}

/** As checkout prices one unit in the catalogue's own currency. */
const discounted = ({ price, discountPercent }: z.output<typeof receivedProduct>): number =>
  priceLine({ unitPrice: price, quantity: 1, discountPercent, rate: "1", currency: price.currency }).amount;
