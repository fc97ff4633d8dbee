import { cached } from "./cached.ts";
import type { Category, Product, ProductClient } from "./clients/product-client.ts";
import { workOf } from "./parts.ts";

const categoriesForMs = 30_000;
const shelfForMs = 5_000;
const picturesForMs = 600_000;
const mostPictures = 500;
// Far beyond a small mall; a catalogue that grows past it needs another home page, not a longer loop.
const mostShelfPages = 10;

export type Catalogue = ReturnType<typeof createCatalogue>;

/** The product service as the pages use it: what may be a little old is asked for once for all shoppers. */
export function createCatalogue(products: ProductClient) {
  async function everything(): Promise<Product[]> {
    const shelf: Product[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < mostShelfPages; page++) {
      const { items, next } = await products.list({ cursor, limit: 100 });
      shelf.push(...items);
      if (next === null) break;
      cursor = next;
    }
    return shelf;
  }

  const pictures = new Map<string, () => Promise<string | undefined>>();

  const categories = cached<Category[]>(products.categories, categoriesForMs);
  const shelf = cached(everything, shelfForMs);

  return {
    ...products,
    // One request's load may be what another waits for, so each of them is told who keeps it waiting.
    categories: () => workOf("product", categories),
    /** All products, as of some seconds ago: to choose from, not to sell by. */
    shelf: () => workOf("product", shelf),

    async picture(file: string): Promise<string | undefined> {
      const load = pictures.get(file) ?? cached(() => products.picture(file), picturesForMs);
      const picture = await load();
      // Only what exists is kept: names are a stranger's choice.
      if (picture !== undefined && pictures.size < mostPictures) pictures.set(file, load);
      return picture;
    },
  };
}
