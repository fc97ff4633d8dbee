import type { Database } from "@mall/kit";
import { sql } from "kysely";
import type { CatalogueProduct, Category } from "./catalogue/catalogue-types.ts";
import type { ProductSchema } from "./migrations/schema.ts";
import type { Product } from "./product.ts";

interface ListOptions {
  category: string | undefined;
  /** The position after which the list goes on. */
  after: number | undefined;
  limit: number;
}

export type ProductRepository = ReturnType<typeof createProductRepository>;

export function createProductRepository(database: Database<ProductSchema>) {
  return {
    /** Brings the stored catalogue to what the release says. Stock is set for new products only. */
    async publish(categories: readonly Category[], catalogue: readonly CatalogueProduct[]): Promise<void> {
      await database
        .insertInto("categories")
        .values(categories.map((category, position) => ({ ...toCategoryRow(category), position })))
        .onConflict((conflict) =>
          conflict.column("slug").doUpdateSet(({ ref }) => ({
            position: ref("excluded.position"),
            name: ref("excluded.name"),
            description: ref("excluded.description"),
          })),
        )
        .execute();
      await database
        .insertInto("products")
        .values(catalogue.map((each, position) => ({ ...toProductRow(each), position })))
        .onConflict((conflict) =>
          conflict
            .column("id")
            .doUpdateSet(
              Object.fromEntries(published.map((column) => [column, sql.ref(`excluded.${column}`)])),
            )
            // Unchanged rows are not rewritten: the next start of the same release touches nothing.
            .where(sql<boolean>`(${columnsOf("products")}) is distinct from (${columnsOf("excluded")})`),
        )
        .execute();
    },

    /** Fills the shelves that are less than a quarter full. Resolves with how many were filled. */
    async restock(): Promise<number> {
      const { numInsertedOrUpdatedRows } = await database
        .with("low", (query) =>
          query
            .selectFrom("products")
            .select(["id", "shelf", "available"])
            .where("available", "<", sql<number>`shelf / 4`)
            .forUpdate(),
        )
        .with("filled", (query) =>
          query
            .updateTable("products")
            .from("low")
            .set(({ ref }) => ({ available: ref("low.shelf") }))
            .whereRef("products.id", "=", "low.id")
            .returning(["products.id as product_id", sql<number>`low.shelf - low.available`.as("quantity")]),
        )
        .insertInto("restocks")
        .columns(["product_id", "quantity"])
        .expression(({ selectFrom }) => selectFrom("filled").select(["product_id", "quantity"]))
        .executeTakeFirst();
      return Number(numInsertedOrUpdatedRows ?? 0n);
    },

    categories(): Promise<Category[]> {
      return database
        .selectFrom("categories")
        .select(["slug", "name", "description"])
        .orderBy("position")
        .execute();
    },

    async list({ category, after, limit }: ListOptions): Promise<Product[]> {
      const rows = await products(database)
        .$if(category !== undefined, (query) => query.where("category", "=", category ?? ""))
        .$if(after !== undefined, (query) => query.where("position", ">", after ?? 0))
        .limit(limit)
        .execute();
      return rows.map(toProduct);
    },

    /** Those of the ids that exist, in the catalogue's order. */
    async findMany(ids: readonly string[]): Promise<Product[]> {
      if (ids.length === 0) return [];
      return (await products(database).where("id", "in", ids).execute()).map(toProduct);
    },

    async findBy(column: "id" | "slug", value: string): Promise<Product | undefined> {
      const row = await products(database).where(column, "=", value).executeTakeFirst();
      return row && toProduct(row);
    },
  };
}

/** What a release may change of a product; its stock is not among it. */
const published = [
  "slug",
  "position",
  "category",
  "name",
  "description",
  "keywords",
  "related",
  "price_amount",
  "price_currency",
  "discount_percent",
  "weight_grams",
  "image",
  "shelf",
] as const satisfies readonly (keyof ProductSchema["products"])[];

const columnsOf = (table: "products" | "excluded") =>
  sql.join(published.map((column) => sql.ref(`${table}.${column}`)));

const products = (database: Database<ProductSchema>) =>
  database.selectFrom("products").selectAll().orderBy("position");
type ProductRow = Awaited<ReturnType<ReturnType<typeof products>["executeTakeFirstOrThrow"]>>;

const toProduct = (row: ProductRow): Product => ({
  id: row.id,
  slug: row.slug,
  position: row.position,
  category: row.category,
  name: row.name,
  description: row.description,
  keywords: row.keywords,
  related: row.related,
  price: { amount: row.price_amount, currency: row.price_currency },
  discountPercent: row.discount_percent,
  stock: row.available,
  weightGrams: row.weight_grams,
  image: row.image,
});

const toCategoryRow = ({ slug, name, description }: Category) => ({
  slug,
  name: JSON.stringify(name),
  description: JSON.stringify(description),
});

const toProductRow = (product: CatalogueProduct) => ({
  id: product.id,
  slug: product.slug,
  category: product.category,
  name: JSON.stringify(product.name),
  description: JSON.stringify(product.description),
  keywords: JSON.stringify(product.keywords ?? { ko: "", en: "", es: "" }),
  related: JSON.stringify(product.related ?? []),
  price_amount: product.price.amount,
  price_currency: product.price.currency,
  discount_percent: product.discountPercent,
  weight_grams: product.weightGrams,
  image: product.image,
  shelf: product.stock,
  available: product.stock,
});
