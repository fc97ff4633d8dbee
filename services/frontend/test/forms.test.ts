import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { formIn, textOf } from "./html.ts";
import { type Mall, startMall } from "./mall.ts";
import { address, givenShopper, type Shopper } from "./shopper.ts";

let mall: Mall;
let shopper: Shopper;
beforeAll(async () => {
  mall = await startMall();
}, 120_000);
afterAll(() => mall.stop());
beforeEach(() => {
  shopper = givenShopper(mall.shop);
});

const wrongAddresses: [string, Partial<typeof address>, string][] = [
  ["no name", { name: "  " }, "name"],
  ["something that is no mail address", { email: "mina at example" }, "email"],
  ["a street of 201 letters", { line1: "x".repeat(201) }, "line1"],
  ["no city", { city: "" }, "city"],
  ["a line break in the postal code", { postalCode: "04\n524" }, "postalCode"],
  ["a country that is none", { country: "Korea" }, "country"],
];

/** The page shows the form again: what was typed is still there, and the field says what is wrong with it. */
function expectShownAgain(html: string, formId: string, typed: object, wrong: string): void {
  const { fields } = formIn(html, formId);
  const { country: _maybeNotOnTheList, ...texts } = { country: "", ...typed };
  expect(fields).toMatchObject(texts);
  const control = new RegExp(
    `<(?:input|select)[^>]* id="${wrong}"[^>]* aria-invalid="true" aria-describedby="${wrong}-problem"`,
  );
  expect(html).toMatch(control);
  expect(html).toMatch(new RegExp(`<p class="field-problem" id="${wrong}-problem">[^<]{5,}</p>`));
  expect(html).toContain(`<a href="#${wrong}">`);
}

describe.each(wrongAddresses)("an address with %s", (_what, change, field) => {
  test("is not ordered with", async () => {
    const { action, fields } = await shopper.fillIn("/buy-now/record-player");

    const answer = await shopper.send(action, { ...fields, ...change });

    expect(answer.status).toBe(422);
    expectShownAgain(answer.text, "checkout", { ...address, ...change }, field);
  });

  test("is not kept in the profile", async () => {
    const answer = await shopper.send("/profile", { ...address, ...change, language: "en", currency: "USD" });

    expect(answer.status).toBe(422);
    expectShownAgain(answer.text, "profile", { ...address, ...change }, field);
    expect(formIn((await shopper.open("/profile")).text, "profile").fields["city"]).toBe("");
  });
});

describe("checkout refuses", () => {
  test.each([
    ["no card", { cardId: "" }, "cardId"],
    ["a card that there is none of", { cardId: "visa-9999" }, "cardId"],
    ["a currency that is none", { currency: "XXX" }, "currency"],
    ["a country that nothing is sent to", { country: "AQ" }, "country"],
  ])("%s, at that field", async (_what, change, field) => {
    const { action, fields } = await shopper.fillIn("/buy-now/record-player");

    const answer = await shopper.send(action, { ...fields, ...change });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`id="${field}-problem"`);
    expect(formIn(answer.text, "checkout").fields["line1"]).toBe(address.line1);
  });

  test("a form without the key that makes it safe to repeat", async () => {
    const { action, fields } = await shopper.fillIn("/buy-now/record-player");

    const answer = await shopper.send(action, { ...fields, idempotencyKey: "" });

    expect(answer.status).toBe(422);
  });
});

describe.each(["", "0", "-1", "1.5", "100", "1e9", "two"])("a quantity of %p", (quantity) => {
  test("is not added, and the product's page says why", async () => {
    const { action, fields } = formIn((await shopper.open("/products/record-player")).text, "add-to-cart");

    const answer = await shopper.send(action, { ...fields, quantity });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain('aria-describedby="quantity-problem"');
    expect(formIn(answer.text, "add-to-cart").fields["quantity"]).toBe(quantity);
    expect((await shopper.open("/cart")).text).toContain('data-testid="empty"');
  });

  test("is not set in the cart, and the line says why", async () => {
    await shopper.add("record-player");
    const [, productId = ""] = /data-product-id="([^"]+)"/.exec((await shopper.open("/cart")).text) ?? [];

    const answer = await shopper.send(`/cart/items/${productId}`, { quantity });

    expect(answer.status).toBe(422);
    expect(answer.text).toContain(`aria-describedby="quantity-${productId}-problem"`);
    expect((await shopper.open("/cart")).text).toContain('name="quantity" type="number"');
    expect((await shopper.open("/cart")).text).toContain('value="34900 USD"');
  });

  test("is not bought now", async () => {
    const page = await shopper.open(`/buy-now/record-player?quantity=${quantity}`);

    expect(page.status).toBe(422);
    expect(page.text).toContain('aria-describedby="quantity-problem"');
  });
});

test("a profile is kept, with its preferences, and read back only into its own forms", async () => {
  const answer = await shopper.send("/profile", { ...address, language: "es", currency: "EUR" });
  const page = await shopper.open("/profile?saved=yes");

  expect([answer.status, answer.headers["location"]]).toEqual([303, "/profile?saved=yes"]);
  expect(formIn(page.text, "profile").fields).toMatchObject({ ...address, language: "es", currency: "EUR" });
  expect(textOf(page.text)).toContain("Tu perfil está guardado.");
  expect((await givenShopper(mall.shop).open("/profile")).text).not.toContain(address.name);
});

test("every country that can be chosen is one that something can be sent to", async () => {
  const { text } = await shopper.open("/products/record-player");
  const [, options = ""] = /<select id="country"[^>]*>(.*?)<\/select>/s.exec(text) ?? [];
  const codes = [...options.matchAll(/value="([A-Z]{2})"/g)].map(([, code = ""]) => code);

  const answers = await Promise.all(
    codes.map(async (country) => {
      const body = {
        items: [{ productId: /data-product-id="([^"]+)"/.exec(text)?.[1], quantity: 1 }],
        destination: { country },
      };
      const headers = { "content-type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      return (await fetch(`${mall.service("shipping").url}/quotes`, init)).status;
    }),
  );

  expect(codes.length).toBeGreaterThanOrEqual(12);
  expect(answers).toEqual(codes.map(() => 200));
});
