import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { attributesOf, formIn, textOf } from "./html.ts";
import { type Mall, startMall } from "./mall.ts";
import { address, givenShopper, type Shopper } from "./shopper.ts";

let mall: Mall;
let shopper: Shopper;
beforeAll(async () => {
  mall = await startMall({ TRACE_URL: "http://traces.example/{traceId}" });
}, 120_000);
afterAll(() => mall.stop());
beforeEach(() => {
  shopper = givenShopper(mall.shop);
});

const cartCount = (html: string) => /<span class="count">(\d+)<\/span>/.exec(html)?.[1];
const stockIs = (slug: string, available: number) =>
  mall
    .service("product")
    .database.query("update products set available = $1 where slug = $2", [available, slug]);
const ordersMade = async (): Promise<number> => {
  const [row] = await mall
    .service("checkout")
    .database.query<{ count: number }>("select count(*)::int from orders");
  return row?.count ?? 0;
};

test("from the shelf to the confirmation, without a script: add, check out, order, find it among the orders", async () => {
  await shopper.add("over-ear-headphones", 2);
  await shopper.add("record-player");
  const { fields } = await shopper.fillIn("/checkout", { currency: "KRW" });

  const id = await shopper.order("/checkout", { currency: "KRW" });
  const confirmation = await shopper.open(`/orders/${id}/confirmation`);
  const orders = await shopper.open("/orders");

  expect(confirmation.text).toContain(`data-order-id="${id}" data-order-state="confirmed"`);
  expect(textOf(confirmation.text)).toContain("mina@example.com");
  expect(confirmation.text).toContain(`value="${fields["expectedAmount"]} KRW"`);
  expect(orders.text).toContain(`data-order-id="${id}"`);
  expect(cartCount(confirmation.text)).toBeUndefined();
  expect((await shopper.open("/cart")).text).toContain('data-testid="empty"');
});

test("an order's page tells each step of the saga, and leads to its trace", async () => {
  await shopper.add("record-player");
  const id = await shopper.order("/checkout");
  const traceId = "0af7651916cd43dd8448eb211c80319c";
  await mall
    .service("checkout")
    .database.query("update orders set traceparent = $1 where id = $2", [
      `00-${traceId}-b7ad6b7169203331-01`,
      id,
    ]);

  const { text } = await shopper.open(`/orders/${id}`);

  const steps = [...text.matchAll(/data-step="(\w+)" data-outcome="(\w+)"/g)].map(([, ...step]) =>
    step.join(" "),
  );
  expect(steps).toEqual(["reserve done", "charge done", "ship done", "commit done"]);
  expect(text).toContain(`href="http://traces.example/${traceId}"`);
  expect(textOf(text)).toContain("Visa •••• 4242");
});

test("what is still to come of an order that is under way stands in its timeline", async () => {
  const id = await shopper.order("/buy-now/record-player");
  await mall.service("checkout").database.query(
    `update orders set state = 'charged', due_at = now() + interval '1 hour',
         steps = jsonb_path_query_array(steps, '$[*] ? (@.step == "reserve" || @.step == "charge")')
       where id = $1`,
    [id],
  );

  const { text } = await shopper.open(`/orders/${id}`);

  const waiting = [...text.matchAll(/<li class="timeline-waiting"><span>([^<]+)/g)].map(([, said]) => said);
  expect(waiting).toEqual(["Shipment booked: still to come", "Order completed: still to come"]);
});

test("another session cannot see my order, under either of its addresses", async () => {
  await shopper.add("record-player");
  const id = await shopper.order("/checkout");
  const stranger = givenShopper(mall.shop);
  await stranger.add("record-player");

  for (const path of [`/orders/${id}`, `/orders/${id}/confirmation`]) {
    const page = await stranger.open(path);
    expect(page.status).toBe(404);
    expect(page.text).not.toContain(address.name);
  }
  expect((await stranger.open("/orders")).text).not.toContain(id);
});

test("buying one thing now leaves the cart alone", async () => {
  await shopper.add("record-player");

  const id = await shopper.order("/buy-now/over-ear-headphones?quantity=3");

  const confirmation = await shopper.open(`/orders/${id}/confirmation`);
  expect(textOf(confirmation.text)).toContain("Wireless over-ear headphones × 3");
  expect((await shopper.open("/cart")).text.match(/data-testid="cart-line"/g)).toHaveLength(1);
});

test("the same form posted twice, as by an impatient click, makes one order", async () => {
  await shopper.add("record-player");
  const { action, fields } = await shopper.fillIn("/checkout");
  const before = await ordersMade();

  const answers = await Promise.all([shopper.send(action, fields), shopper.send(action, fields)]);

  const [first, second] = answers.map(({ headers }) => headers["location"]);
  expect(first).toMatch(/confirmation$/);
  expect(second).toBe(first);
  expect(await ordersMade()).toBe(before + 1);
});

test("a form that has made an order can't make another one with other content", async () => {
  const { action, fields } = await shopper.fillIn("/buy-now/record-player");
  await shopper.send(action, fields);

  const again = await shopper.send(action, { ...fields, name: "Somebody Else" });

  expect(again.status).toBe(409);
  expect(textOf(again.text)).toContain("has been used for an order already");
  expect(formIn(again.text, "checkout").fields["idempotencyKey"]).not.toBe(fields["idempotencyKey"]);
});

test("what was remembered at checkout fills the next form in", async () => {
  await shopper.add("record-player");
  await shopper.order("/checkout", { remember: "yes" });

  const { fields } = formIn((await shopper.open("/buy-now/record-player")).text, "checkout");

  expect(fields).toMatchObject(address);
});

test("the Enter key orders nothing: the first button of the form only works the total out", async () => {
  const { text } = await shopper.open("/buy-now/record-player");

  const [first = ""] =
    /<button[^>]*type="submit"[^>]*>/.exec(text.slice(text.indexOf('data-testid="checkout"'))) ?? [];

  expect(attributesOf(first)).toMatchObject({ name: "intent", value: "update" });
});

describe("the total on the page is what is charged:", () => {
  test("when a price rises meanwhile, the buyer is asked again, with the new total", async () => {
    const { action, fields } = await shopper.fillIn("/buy-now/canvas-tote");
    await mall
      .service("product")
      .database.query("update products set price_amount = price_amount + 100 where slug = 'canvas-tote'");

    const asked = await shopper.send(action, fields);
    const form = formIn(asked.text, "checkout");
    const agreed = await shopper.send(action, { ...form.fields, intent: "place" });

    expect(asked.status).toBe(409);
    expect(textOf(asked.text)).toContain("The total has changed");
    expect(Number(form.fields["expectedAmount"])).toBe(Number(fields["expectedAmount"]) + 100);
    expect(form.fields["name"]).toBe(address.name);
    expect(agreed.status).toBe(303);
  });

  test.each([
    ["another currency", { currency: "JPY" }],
    ["another country", { country: "BR" }],
  ])("after choosing %s the buyer has to see the new total first", async (_what, change) => {
    const { action, fields } = await shopper.fillIn("/buy-now/record-player");
    const before = await ordersMade();

    const answer = await shopper.send(action, { ...fields, ...change });

    expect(answer.status).toBe(409);
    expect(formIn(answer.text, "checkout").fields["expectedAmount"]).not.toBe(fields["expectedAmount"]);
    expect(await ordersMade()).toBe(before);
  });
});

test("what is sold out meanwhile is named, and cannot be ordered", async () => {
  const { action, fields } = await shopper.fillIn("/buy-now/wooden-train?quantity=2");
  await stockIs("wooden-train", 1);

  const answer = await shopper.send(action, fields);

  expect(answer.status).toBe(409);
  expect(textOf(answer.text)).toContain("Wooden train (Only 1 is left)");
  expect(answer.text).not.toContain('data-testid="place-order"');
});

describe("a card that is refused", () => {
  test.each([
    ["visa-0002", "declined"],
    ["visa-9995", "not enough money"],
  ])("(%s) says so, and another one may be chosen", async (cardId, said) => {
    const { action, fields } = await shopper.fillIn("/buy-now/record-player");

    const refused = await shopper.send(action, { ...fields, cardId });
    const form = formIn(refused.text, "checkout");
    const paid = await shopper.send(action, { ...form.fields, cardId: "visa-4242", intent: "place" });

    expect(refused.status).toBe(402);
    expect(textOf(refused.text)).toContain(said);
    expect(refused.text).toContain('aria-describedby="cardId-problem"');
    expect(form.fields["idempotencyKey"]).not.toBe(fields["idempotencyKey"]);
    expect(paid.status).toBe(303);
  });
});

test("when nobody knows the outcome, the page says so, and trying again continues the same order", async () => {
  const { action, fields } = await shopper.fillIn("/buy-now/record-player");
  const before = await ordersMade();
  await mall.service("purchase").stop();

  const unknown = await shopper.send(action, fields);
  await mall.start("purchase");
  const again = formIn(unknown.text, "checkout");
  const placed = await eventually(async () => {
    const answer = await shopper.send(again.action, again.fields);
    expect(answer.status).toBe(303);
    return answer;
  });

  expect(unknown.status).toBeGreaterThanOrEqual(502);
  expect(unknown.text).toContain('data-testid="unknown-outcome"');
  expect(again.fields["idempotencyKey"]).toBe(fields["idempotencyKey"]);
  expect(placed.headers["location"]).toMatch(/confirmation$/);
  expect(await ordersMade()).toBe(before + 1);
}, 120_000);

describe("the cart", () => {
  test("shows lines at their discounted price and their sum, and counts what is in it on every page", async () => {
    await shopper.add("over-ear-headphones", 2);
    await shopper.add("record-player");

    const { text } = await shopper.open("/cart");

    // 2 × 229.00 less 20 %, and 349.00.
    expect(text).toMatch(/data-testid="subtotal"><data class="amount" value="71540 USD">/);
    expect(cartCount((await shopper.open("/")).text)).toBe("2");
  });

  test("changes quantities, moves things to the wish list and back, and forgets", async () => {
    await shopper.add("record-player");
    const productId = /data-product-id="([^"]+)"/.exec((await shopper.open("/cart")).text)?.[1] ?? "";

    await shopper.send(`/cart/items/${productId}`, { quantity: "4" });
    const four = await shopper.open("/cart");
    await shopper.send(`/cart/items/${productId}/save`);
    const [empty, saved] = [await shopper.open("/cart"), await shopper.open("/saved")];
    await shopper.send(`/saved/items/${productId}/move`);
    const back = await shopper.open("/cart");
    await shopper.send(`/cart/items/${productId}/remove`);

    expect(four.text).toContain('value="139600 USD"');
    expect(empty.text).toContain('data-testid="empty"');
    expect(saved.text).toContain(`data-product-id="${productId}"`);
    expect(back.text).toContain(`data-product-id="${productId}"`);
    expect((await shopper.open("/saved")).text).toContain('data-testid="empty"');
    expect((await shopper.open("/cart")).text).toContain('data-testid="empty"');
  });

  test("estimates shipping and the total for a country, and puts back what was removed", async () => {
    await shopper.add("record-player", 2);
    const { text } = await shopper.open("/cart?country=ES");
    const [, remove = ""] = /action="(\/cart\/items\/[^"]+\/remove\?quantity=2)"/.exec(text) ?? [];

    const removed = await shopper.send(remove);
    const page = await shopper.open(removed.headers["location"] ?? "");
    const productId = /product=([^&]+)/.exec(removed.headers["location"] ?? "")?.[1] ?? "";
    await shopper.send("/cart/items", { productId, quantity: "2" });
    const back = await shopper.open("/cart");

    const amount = (id: string) =>
      Number(new RegExp(`data-testid="${id}"><data class="amount" value="(\\d+) USD"`).exec(text)?.[1]);
    expect(amount("estimated-shipping")).toBeGreaterThan(0);
    expect(amount("estimated-total")).toBe(amount("subtotal") + amount("estimated-shipping"));
    expect(textOf(page.text)).toContain("Belt-drive record player was removed.");
    expect(back.text).toContain('value="69800 USD"');
  });

  test("shows below what was saved for later", async () => {
    await shopper.add("moka-pot");
    await shopper.send("/saved/items", { productId: "f6461a2a-1f96-4b65-8c01-750d4ea20578" });

    const { text } = await shopper.open("/cart");

    const later = text.slice(text.indexOf('data-testid="saved-for-later"'));
    expect(later).toContain('data-product-id="f6461a2a-1f96-4b65-8c01-750d4ea20578"');
    expect(text.match(/data-testid="cart-line"/g)).toHaveLength(1);
  });

  test("says so when it can't hold any more of a product", async () => {
    await shopper.add("record-player", 99);
    const { action, fields } = formIn((await shopper.open("/products/record-player")).text, "add-to-cart");

    const answer = await shopper.send(action, fields);

    expect(answer.headers["location"]).toBe("/cart?news=too-many");
    expect(textOf((await shopper.open("/cart?news=too-many")).text)).toContain("More than 99 of one product");
  });

  test("that is empty leads nowhere but back to itself", async () => {
    expect((await shopper.open("/checkout")).headers["location"]).toBe("/cart");
    await shopper.send("/saved/items", { productId: "f6461a2a-1f96-4b65-8c01-750d4ea20578" });
    expect((await shopper.open("/checkout")).headers["location"]).toBe("/cart");
  });
});

test("a click on an advertisement is counted and leads to its product", async () => {
  const { text } = await shopper.open("/");
  const [, action = "", product = ""] =
    /action="(\/ads\/[^"]+\/clicks)"><input type="hidden" name="product" value="([^"]+)"/.exec(text) ?? [];

  const answer = await shopper.send(action, { product });

  expect(answer.headers["location"]).toBe(`/products/${product}`);
  const counted = await fetch(`${mall.service("ad").url}${action.replace(/\/clicks$/, "")}`);
  expect(await counted.json()).toMatchObject({ clicks: 1 });
});
