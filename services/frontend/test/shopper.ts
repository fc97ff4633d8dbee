import type { ServiceUnderTest } from "@mall/kit/testing";
import request from "supertest";
import { type Form, formIn } from "./html.ts";

export const address = {
  email: "mina@example.com",
  name: "Mina Park",
  line1: "12 Sejong-daero",
  city: "Seoul",
  postalCode: "04524",
  country: "KR",
};

type Cookies = ReturnType<typeof request.agent>["jar"];

export interface Shopper {
  open(path: string): request.Test;
  send(path: string, fields?: Record<string, string>): request.Test;
  /** The same shopper, at another storefront. */
  at(other: ServiceUnderTest): Shopper;
  add(slug: string, quantity?: number): Promise<void>;
  /** The form of a checkout page, filled in and ready to be posted. */
  fillIn(page: string, changes?: Record<string, string>): Promise<Form>;
  /** Resolves with the id of the order. */
  order(page: string, changes?: Record<string, string>): Promise<string>;
}

/** Somebody with a browser that runs no scripts: keeps cookies, and posts the forms that the pages show. */
export function givenShopper(shop: ServiceUnderTest, language = "en", cookies?: Cookies): Shopper {
  const agent = request.agent(shop.url);
  if (cookies) agent.jar = cookies;
  agent.set({
    accept: "text/html,application/xhtml+xml",
    "accept-language": language,
    origin: shop.url,
  });

  const open = (path: string) => agent.get(path);
  const send = (path: string, fields: Record<string, string> = {}) =>
    agent.post(path).type("form").send(fields);

  return {
    open,
    send,
    at: (other) => givenShopper(other, language, agent.jar),

    async add(slug, quantity = 1) {
      const { action, fields } = formIn((await open(`/products/${slug}`)).text, "add-to-cart");
      const answer = await send(action, { ...fields, quantity: String(quantity) });
      if (answer.status !== 303) throw new Error(`${slug} was not added: ${answer.status}`);
    },

    async fillIn(page, changes = {}) {
      const { action, fields } = formIn((await open(page)).text, "checkout");
      // Another country makes another total, so it is worked out first, as the page asks for.
      const updated = await send(action, { ...fields, ...address, ...changes, intent: "update" });
      const form = formIn(updated.text, "checkout");
      return { action, fields: { ...form.fields, cardId: "visa-4242", ...changes, intent: "place" } };
    },

    async order(page, changes = {}) {
      const { action, fields } = await this.fillIn(page, changes);
      const answer = await send(action, fields);
      const [, id] = /^\/orders\/([\da-f-]{36})\/confirmation$/.exec(answer.headers["location"] ?? "") ?? [];
      if (!id) throw new Error(`no order was placed: ${answer.status} ${answer.text}`);
      return id;
    },
  };
}
