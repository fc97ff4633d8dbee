import { describe, expect, test } from "@jest/globals";
import type { Browser, PageRequest } from "../src/scenario/browser.ts";
import { formByTestId, hiddenFields, tagsByTestId } from "../src/scenario/html.ts";
import { journeyOf, visitShop } from "../src/scenario/journeys.ts";
import { createRandom } from "../src/scenario/random.ts";

describe("the mix of journeys", () => {
  test("has the same shares in every twenty visits, whoever counts them", () => {
    const shares = (from: number) => {
      const names = Array.from({ length: 20 }, (_each, index) => journeyOf(from + index));
      return Object.fromEntries(
        [...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]),
      );
    };

    expect(shares(0)).toEqual({
      "buys a cart": 8,
      "looks around": 5,
      "abandons the cart": 4,
      "buys one thing now": 2,
      "card is refused": 1,
    });
    expect(shares(1_000)).toEqual(shares(0));
  });

  test("does not send the same journey in a long row", () => {
    const names = Array.from({ length: 200 }, (_each, index) => journeyOf(index));
    const rows = names.filter(
      (name, index) => name === names[index - 1] && name === names[index - 2] && name === names[index - 3],
    );
    expect(rows).toEqual([]);
  });
});

test("the same seed makes the same visitor, another one another", () => {
  const numbers = (seed: number) =>
    Array.from({ length: 20 }, () => createRandom(seed).between(0, 1_000_000));
  expect(numbers(1)).toEqual(numbers(1));
  expect(numbers(1)).not.toEqual(numbers(2));
});

test("a page that is not what it should be ends the visit with the step and what was wrong", async () => {
  const closed: Browser = { request: async () => ({ status: 503, body: "", location: "" }) };

  await expect(visitShop(closed, 0, 1)).rejects.toThrow(/^(home|category): answered 503 instead of 200$/);
});

test("requests never leave the shop: every path is its own", async () => {
  const paths: string[] = [];
  const browser: Browser = {
    request: async ({ path }: PageRequest) => {
      paths.push(path);
      return {
        status: 200,
        body: '<article class="product-card" data-testid="product-card" data-product-slug="mug">',
        location: "",
      };
    },
  };

  await Promise.allSettled(Array.from({ length: 20 }, (_each, index) => visitShop(browser, index, 1)));

  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !path.startsWith("/"))).toEqual([]);
});

describe("reading a page", () => {
  const page = `
    <form method="post" data-testid="other"><input type="hidden" name="no" value="1"/></form>
    <form class="x" method="post" data-testid="checkout">
      <input type="hidden" name="key" value="a&amp;b &quot;c&quot;"/><input name="seen" value="2"/>
      <input value="3" name="amount" type="hidden"/>
    </form>
    <a data-testid="card" href="/1">1</a><a href="/2" data-testid="card">2</a>`;

  test("finds a form's hidden fields, whatever the order of their attributes, and nothing of other forms", () => {
    expect(hiddenFields(formByTestId(page, "checkout") ?? "")).toEqual({ key: 'a&b "c"', amount: "3" });
    expect(formByTestId(page, "missing")).toBeUndefined();
  });

  test("finds tags by their test id", () => {
    expect(tagsByTestId(page, "card")).toHaveLength(2);
  });
});
