import type { Route } from "@mall/kit";
import { adClick } from "./pages/ad-click.ts";
import { cartActions } from "./pages/cart/cart-actions.ts";
import { cartPage, createShowCart } from "./pages/cart/cart-page.tsx";
import { categoryPage } from "./pages/category/category-page.tsx";
import { checkoutRoutes } from "./pages/checkout/checkout-routes.ts";
import { discoveryRoutes } from "./pages/discovery/discovery.ts";
import { homePage } from "./pages/home/home-page.tsx";
import { orderPages } from "./pages/orders/order-pages.tsx";
import { preferencesAction } from "./pages/preferences.ts";
import { createShowProduct, productPage } from "./pages/product/product-page.tsx";
import { profileRoutes } from "./pages/profile/profile-page.tsx";
import { savedActions } from "./pages/saved/saved-actions.ts";
import { savedPage } from "./pages/saved/saved-page.tsx";
import { searchPage } from "./pages/search/search-page.tsx";
import { suggestRoute } from "./pages/search/suggest.ts";
import type { Shop } from "./shop.ts";

/** Every page of the shop, and every post. */
export function createRoutes(shop: Shop): Route[] {
  const showProduct = createShowProduct(shop);
  const showCart = createShowCart(shop);
  const routes = [
    homePage(shop),
    categoryPage(shop),
    productPage(shop, showProduct),
    searchPage(shop),
    suggestRoute(shop),
    cartPage(shop, showCart),
    ...cartActions(shop, { showCart, showProduct }),
    savedPage(shop),
    ...savedActions(shop),
    ...checkoutRoutes(shop),
    ...orderPages(shop),
    ...profileRoutes(shop),
    preferencesAction(shop),
    adClick(shop),
    ...discoveryRoutes(shop),
  ];
  return routes.map((route) => ({ timeoutMs: shop.pageMs, ...route }));
}
