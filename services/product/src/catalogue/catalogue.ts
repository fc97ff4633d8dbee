import { accessories, accessoryProducts } from "./accessories.ts";
import { audio, audioProducts } from "./audio.ts";
import { bagProducts, bags } from "./bags.ts";
import type { CatalogueProduct, Category } from "./catalogue-types.ts";
import { home, homeProducts } from "./home.ts";
import { kitchen, kitchenProducts } from "./kitchen.ts";
import { outdoor, outdoorProducts } from "./outdoor.ts";
import { stationery, stationeryProducts } from "./stationery.ts";
import { toyProducts, toys } from "./toys.ts";

/** In the order in which the storefront shows them. */
export const categories: readonly Category[] = [
  kitchen,
  home,
  stationery,
  audio,
  bags,
  accessories,
  outdoor,
  toys,
];

export const catalogue: readonly CatalogueProduct[] = [
  ...kitchenProducts,
  ...homeProducts,
  ...stationeryProducts,
  ...audioProducts,
  ...bagProducts,
  ...accessoryProducts,
  ...outdoorProducts,
  ...toyProducts,
];
