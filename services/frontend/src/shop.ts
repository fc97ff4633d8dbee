import type { Catalogue } from "./catalogue.ts";
import type { AdClient } from "./clients/ad-client.ts";
import type { CartClient } from "./clients/cart-client.ts";
import type { CheckoutClient } from "./clients/checkout-client.ts";
import type { Currency } from "./clients/currency-client.ts";
import type { Stats } from "./clients/info-client.ts";
import type { Card } from "./clients/purchase-client.ts";
import type { SearchClient } from "./clients/search-client.ts";
import type { ShippingClient } from "./clients/shipping-client.ts";
import type { ShowPage } from "./page.tsx";
import type { PriceIn } from "./prices.ts";
import type { ProfileRepository } from "./profile-repository.ts";
import type { OpenVisit } from "./visit.ts";

/** Everything that pages are made from; each page takes the part it needs. */
export interface Shop {
  openVisit: OpenVisit;
  showPage: ShowPage;
  catalogue: Catalogue;
  /** Prices in a currency, at today's rate. */
  pricesIn: PriceIn;
  currencyList(): Promise<readonly Currency[]>;
  carts: CartClient;
  search: SearchClient;
  ads: AdClient;
  checkout: CheckoutClient;
  shipping: ShippingClient;
  cards(): Promise<Card[]>;
  stats(): Promise<Stats>;
  profiles: ProfileRepository;
  /** How long a page may take, orders aside. */
  pageMs: number;
  /** The page that shows a trace. */
  traceUrl(traceId: string): string;
}
