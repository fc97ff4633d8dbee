import type { Service } from "@mall/kit";
import { type ServiceUnderTest, startForTest } from "@mall/kit/testing";
import { ad } from "@mall/ad";
import { cart } from "@mall/cart";
import { checkout } from "@mall/checkout";
import { currency } from "@mall/currency";
import { email } from "@mall/email";
import { info } from "@mall/info";
import { product } from "@mall/product";
import { purchase } from "@mall/purchase";
import { search } from "@mall/search";
import { shipping } from "@mall/shipping";
import { frontend } from "../src/app.ts";

// In an order in which each finds those running that it calls.
const services = { product, currency, purchase, ad, search, cart, shipping, email, info, checkout, frontend };
export type ServiceName = keyof typeof services;

export interface Mall {
  shop: ServiceUnderTest;
  service(name: ServiceName): ServiceUnderTest;
  /** Starts a service that has been stopped where it was, with an empty database. */
  start(name: ServiceName): Promise<void>;
  /** Another storefront over the same database and in front of the same services, some of which it can't reach. */
  shopWithout(...unreachable: ServiceName[]): Promise<ServiceUnderTest>;
  /** Another storefront, with its environment changed. */
  anotherShop(environment: Record<string, string>): Promise<ServiceUnderTest>;
  /** Another checkout, with its environment changed. */
  anotherCheckout(environment: Record<string, string>): Promise<ServiceUnderTest>;
  stop(): Promise<void>;
}

/** A busy machine is no reason for a page to be given up; `anotherShop` is as impatient as the real one. */
const patience = { PAGE_TIMEOUT_MS: "10000" };

/** Nothing listens at the discard port. */
export const nowhere = "http://127.0.0.1:9";

/** The whole mall in this process. */
export async function startMall(environment: Record<string, string> = {}): Promise<Mall> {
  const running = new Map<ServiceName, ServiceUnderTest>();

  const urls = () => Object.fromEntries([...running].map(([name, { url }]) => [variable(name), url]));
  const anotherShop = (changed: Record<string, string>) =>
    startForTest(frontend, { ...urls(), DATABASE_URL: find("frontend").database.url, ...changed });
  const anotherCheckout = (changed: Record<string, string>) =>
    startForTest(checkout, { ...urls(), ...changed });
  const find = (name: ServiceName): ServiceUnderTest => {
    const service = running.get(name);
    if (!service) throw new Error(`${name} is not running`);
    return service;
  };

  for (const [name, definition] of Object.entries(services) as [ServiceName, Service][]) {
    running.set(name, await startForTest(definition, { ...urls(), ...patience, ...environment }));
  }
  return {
    shop: find("frontend"),
    service: find,
    async start(name) {
      const { port } = new URL(find(name).url);
      running.set(name, await startForTest(services[name], { ...urls(), PORT: port }));
    },
    shopWithout: (...unreachable) =>
      anotherShop(Object.fromEntries(unreachable.map((name) => [variable(name), nowhere]))),
    anotherShop,
    anotherCheckout,
    async stop() {
      for (const service of [...running.values()].toReversed()) await service.stop();
    },
  };
}

/** Where a service is told of the address of another. */
export const variable = (name: ServiceName): string => `${name.toUpperCase()}_URL`;
