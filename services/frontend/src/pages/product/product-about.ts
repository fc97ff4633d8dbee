import { currencyExponent } from "@mall/kit";
import type { Category, Product } from "../../clients/product-client.ts";
import type { Prices } from "../../prices.ts";
import type { Visit } from "../../visit.ts";
import { breadcrumbsOf } from "../discovery/breadcrumbs.ts";
import { inLanguage } from "../discovery/language-links.ts";

/** A product and its offer in schema.org's terms, at the very price that the page shows. */
export function aboutProduct(
  { origin, locale }: Pick<Visit, "origin" | "locale">,
  product: Product,
  { prices, category }: { prices: Prices; category: Category | undefined },
): object[] {
  const path = `/products/${product.slug}`;
  const { pay } = prices.of(product);
  const above = category ? [{ name: category.name[locale], path: `/categories/${category.slug}` }] : [];
  return [
    {
      "@context": "https://schema.org",
      "@type": "Product",
      sku: product.id,
      name: product.name[locale],
      description: product.description[locale],
      image: origin + product.image,
      weight: { "@type": "QuantitativeValue", value: product.weightGrams, unitCode: "GRM" },
      offers: {
        "@type": "Offer",
        url: origin + inLanguage(path, locale),
        price: decimalOf(pay.amount, pay.currency),
        priceCurrency: pay.currency,
        availability: `https://schema.org/${product.stock > 0 ? "InStock" : "OutOfStock"}`,
      },
    },
    breadcrumbsOf({ origin, locale }, [...above, { name: product.name[locale], path }]),
  ];
}

/** "129.90" of 12990 cents, by digits: no floating point near money. */
function decimalOf(amount: number, currency: string): string {
  const exponent = currencyExponent(currency);
  if (exponent === 0) return String(amount);
  const digits = String(amount).padStart(exponent + 1, "0");
  return `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
