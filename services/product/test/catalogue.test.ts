import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { CatalogueProduct, Localized } from "../src/catalogue/catalogue-types.ts";
import { catalogue, categories } from "../src/catalogue/catalogue.ts";

const serviceRoot = join(import.meta.dirname, "..");
const hangul = /\p{Script=Hangul}/u;
// The commonest words of each language: enough to notice a text pasted under the wrong locale.
const english = /\b(the|and|with|of|for|you)\b/i;
const spanish = /\b(el|la|los|las|un|una|con|de|del|y)\b/i;

const everyProduct = catalogue.map((product) => [product.slug, product] as const);
const slugs = catalogue.map((product) => product.slug);

function drawingOf(product: CatalogueProduct): string {
  return readFileSync(join(serviceRoot, product.image), "utf8");
}

/** The drawing without its title, by which two copies of one motif are still the same. */
function shapesOf(product: CatalogueProduct): string {
  return drawingOf(product).replace(/<title>.*<\/title>/, "");
}

function expectThreeLanguages(text: Localized): void {
  expect(text.ko).toMatch(hangul);
  expect(text.en).toMatch(/\p{L}{2}/u);
  expect(text.en).not.toMatch(hangul);
  expect(text.es).toMatch(/\p{L}{2}/u);
  expect(text.es).not.toMatch(hangul);
}

/** Whether every element that opens also closes, in order. */
function isBalanced(markup: string): boolean {
  const open: string[] = [];
  for (const [, closing, name = "", selfClosing] of markup.matchAll(/<(\/?)(\w+)[^<>]*?(\/?)>/g)) {
    if (closing) {
      if (open.pop() !== name) return false;
    } else if (!selfClosing) {
      open.push(name);
    }
  }
  return open.length === 0;
}

describe("the catalogue", () => {
  test("fills a mall: at least 48 products in at least 8 categories, none with fewer than 5", () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(48);
    expect(categories.length).toBeGreaterThanOrEqual(8);
    for (const { slug } of categories) {
      const products = catalogue.filter((product) => product.category === slug);
      expect({ slug, enough: products.length >= 5 }).toEqual({ slug, enough: true });
    }
  });

  test("names nothing twice", () => {
    const ids = catalogue.map((product) => product.id);
    const categorySlugs = categories.map((category) => category.slug);

    for (const names of [ids, slugs, categorySlugs]) expect(new Set(names).size).toBe(names.length);
    for (const locale of ["ko", "en", "es"] as const) {
      expect(new Set(catalogue.map((product) => product.name[locale])).size).toBe(catalogue.length);
    }
  });

  test.each(categories.map((category) => [category.slug, category] as const))(
    "category %s introduces itself in three languages",
    (_slug, category) => {
      expectThreeLanguages(category.name);
      expectThreeLanguages(category.description);
    },
  );

  test.each(everyProduct)("%s is described in Korean, English and Spanish", (_slug, product) => {
    expectThreeLanguages(product.name);
    expectThreeLanguages(product.description);
    expect(product.description.en).toMatch(english);
    expect(product.description.es).toMatch(spanish);
    expect(product.description.es).not.toMatch(english);
    if (product.keywords) expectThreeLanguages(product.keywords);
  });

  test.each(everyProduct)("%s can be sold, stocked and shipped", (slug, product) => {
    expect(product.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(categories.map((category) => category.slug)).toContain(product.category);
    expect(product.price.currency).toBe("USD");
    for (const quantity of [product.price.amount, product.stock, product.weightGrams]) {
      expect(Number.isSafeInteger(quantity)).toBe(true);
      expect(quantity).toBeGreaterThan(0);
    }
    expect(Number.isInteger(product.discountPercent)).toBe(true);
    expect(product.discountPercent).toBeGreaterThanOrEqual(0);
    expect(product.discountPercent).toBeLessThanOrEqual(70);
  });

  test.each(everyProduct)("%s recommends only other products that exist", (slug, { related = [] }) => {
    expect(slugs).toEqual(expect.arrayContaining([...related]));
    expect(related).not.toContain(slug);
    expect(new Set(related).size).toBe(related.length);
  });
});

describe("the drawings", () => {
  test("are one for each product, and no other", () => {
    const drawn = readdirSync(join(serviceRoot, "images")).toSorted();

    expect(catalogue.map((product) => product.image).toSorted()).toEqual(
      drawn.map((file) => `/images/${file}`),
    );
    expect(slugs.map((slug) => `${slug}.svg`).toSorted()).toEqual(drawn);
  });

  test.each(everyProduct)("%s is drawn on its own, under its English name", (_slug, product) => {
    const svg = drawingOf(product);

    expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 400 400"[^>]*role="img">/);
    expect(svg).toContain(`<title>${product.name.en}</title>`);
    expect(svg.match(/<svg\b/g)).toHaveLength(1);
    expect(isBalanced(svg)).toBe(true);
    expect(catalogue.filter((other) => shapesOf(other) === shapesOf(product))).toEqual([product]);
  });

  test.each(everyProduct)(
    "%s is drawn with nothing that a content security policy refuses",
    (_slug, product) => {
      const svg = drawingOf(product);

      expect(svg).not.toMatch(/<(script|style|image|use|text|foreignObject|iframe)\b/i);
      expect(svg).not.toMatch(/\s(style|on\w+|(xlink:)?href)\s*=/i);
      expect(svg).not.toMatch(/url\(|<!DOCTYPE|<!ENTITY|<\?/i);
    },
  );

  test.each(everyProduct)("%s is drawn in less than 4 kB", (_slug, product) => {
    expect(statSync(join(serviceRoot, product.image)).size).toBeLessThan(4096);
  });
});
