import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { locales } from "../src/i18n/locale.ts";
import { attributesOf, formIn, textOf } from "./html.ts";
import { type Mall, startMall } from "./mall.ts";
import { givenShopper } from "./shopper.ts";

let mall: Mall;
beforeAll(async () => {
  mall = await startMall();
}, 120_000);
afterAll(() => mall.stop());

const pages = [
  "/",
  "/categories/audio",
  "/products/record-player",
  "/products/record-player?country=ES",
  "/search",
  "/search?q=lamp&sort=-price",
  "/cart",
  "/saved",
  "/checkout",
  "/buy-now/record-player?quantity=2",
  "/orders",
  "/profile",
];

describe.each(locales)("in %s", (locale) => {
  test.each(pages)("%s is a complete page in that language", async (path) => {
    const shopper = givenShopper(mall.shop, locale);
    await shopper.add("over-ear-headphones");

    const page = await shopper.open(path);

    expect(page.status).toBe(200);
    expect(page.type).toBe("text/html");
    expect(page.text).toMatch(new RegExp(`^<!doctype html><html lang="${locale}">`));
    expect(page.text).toMatch(/<title>[^<]{3,}<\/title>/);
    expect(page.text.match(/<h1[ >]/g)).toHaveLength(1);
    expect(textOf(page.text)).not.toMatch(/undefined|\[object|NaN|\b(shop|form|cart|checkout|order)\.\w+\b/);
    const bodyText = textOf(page.text.replaceAll(/<select.*?<\/select>/gs, ""));
    expect(/\p{Script=Hangul}/u.test(bodyText)).toBe(locale === "ko");
  });

  test.each(pages)("%s names every control and uses no id twice", async (path) => {
    const shopper = givenShopper(mall.shop, locale);
    await shopper.add("over-ear-headphones");

    const { text } = await shopper.open(path);

    const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toEqual([...new Set(ids)]);
    const controls = [...text.matchAll(/<(?:input|select)[^>]*>/g)].map(([tag]) => tag);
    const named = controls.filter(
      (tag) =>
        tag.includes('type="hidden"') ||
        text.includes(`for="${attributesOf(tag)["id"]}"`) ||
        isInLabel(text, text.indexOf(tag)),
    );
    expect(named).toEqual(controls);
    for (const landmark of ["<header", "<main", "<footer", "<nav", 'href="#content"']) {
      expect(text).toContain(landmark);
    }
  });
});

const isInLabel = (html: string, at: number): boolean =>
  html.lastIndexOf("<label", at) > html.lastIndexOf("</label>", at);

describe("the language", () => {
  test("is what the browser prefers, else English", async () => {
    const page = async (language: string) => (await givenShopper(mall.shop, language).open("/cart")).text;

    expect(await page("ko-KR,ko;q=0.9,en;q=0.8")).toContain('<html lang="ko">');
    expect(await page("fr,es;q=0.5")).toContain('<html lang="es">');
    expect(await page("fr")).toContain('<html lang="en">');
  });

  test("and the currency stay as chosen, and the choice leads back to the page it was made on", async () => {
    const shopper = givenShopper(mall.shop, "en");
    const { action, fields } = formIn((await shopper.open("/search?q=lamp")).text, "preferences");

    const answer = await shopper.send(action, { ...fields, language: "ko", currency: "KRW" });
    const page = await shopper.open("/products/record-player");

    expect([answer.status, answer.headers["location"]]).toEqual([303, "/search?q=lamp"]);
    expect(page.text).toContain('<html lang="ko">');
    expect(page.text).toContain('value="483435 KRW"');
    expect(textOf(page.text)).toContain("₩483,435");
  });
});

describe("a link to a language", () => {
  test("is told for every public page, with the one to be known by", async () => {
    const { text } = await givenShopper(mall.shop, "es").open("/categories/audio?sort=price");

    const links = [...text.matchAll(/<link rel="alternate"[^>]*>/g)].map(([tag]) => attributesOf(tag));
    expect(links.map(({ hreflang, href }) => [hreflang, href])).toEqual([
      ["ko", `${mall.shop.url}/categories/audio?lang=ko`],
      ["en", `${mall.shop.url}/categories/audio?lang=en`],
      ["es", `${mall.shop.url}/categories/audio?lang=es`],
      ["x-default", `${mall.shop.url}/categories/audio`],
    ]);
    expect(text).toContain(`<link rel="canonical" href="${mall.shop.url}/categories/audio?lang=es"/>`);
    expect(text).not.toContain('content="noindex"');
  });

  test("opens the page in it, goes on in it, and leaves the choice to the reader", async () => {
    const shopper = givenShopper(mall.shop, "en");

    const linked = await shopper.open("/search?q=lamp&lang=ko");
    const next = await shopper.open("/cart");
    const { action, fields } = formIn(linked.text, "preferences");
    const chosen = await shopper.send(action, { ...fields, language: "es" });

    expect(linked.text).toContain('<html lang="ko">');
    expect(next.text).toContain('<html lang="ko">');
    expect(chosen.headers["location"]).toBe("/search?q=lamp");
    expect((await shopper.open("/search?q=lamp")).text).toContain('<html lang="es">');
  });

  test("is not told for pages that are the shopper's own, and search engines are asked to leave them", async () => {
    const shopper = givenShopper(mall.shop);
    for (const path of ["/cart", "/orders", "/profile", "/search?q=lamp", "/nowhere"]) {
      const { text } = await shopper.open(path);
      expect([path, text.includes('<meta name="robots" content="noindex"/>')]).toEqual([path, true]);
      expect(text).not.toContain("hreflang");
    }
  });
});

describe("for search engines", () => {
  test("the sitemap has every product and category in every language, and robots.txt leads to it", async () => {
    const shopper = givenShopper(mall.shop);

    const sitemap = await shopper.open("/sitemap.xml");
    const robots = await shopper.open("/robots.txt");

    expect([sitemap.status, sitemap.type]).toEqual([200, "application/xml"]);
    const xml = sitemap.text ?? String(sitemap.body);
    expect(xml.match(/<loc>/g)).toHaveLength(1 + 8 + 48);
    expect(xml.match(/hreflang="ko"/g)).toHaveLength(1 + 8 + 48);
    expect(xml).toContain(`<loc>${mall.shop.url}/products/record-player</loc>`);
    expect(robots.text).toContain(`Sitemap: ${mall.shop.url}/sitemap.xml`);
    expect(robots.text).toContain("Disallow: /checkout");
  });

  test("a product is described with the price and the stock that the page shows", async () => {
    const shopper = givenShopper(mall.shop, "ko");

    const { text } = await shopper.open("/products/over-ear-headphones");

    const [about] = [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      ([, data = ""]) => JSON.parse(data),
    );
    expect(about).toMatchObject({
      "@type": "Product",
      offers: { price: "253769", priceCurrency: "KRW", availability: "https://schema.org/InStock" },
    });
    expect(text).toContain('value="253769 KRW"');
    expect(text).toMatch(/<meta name="description" content="[^"]*\p{Script=Hangul}/u);
  });
});

test("what was looked at is shown again, the latest first, and not on its own page", async () => {
  const shopper = givenShopper(mall.shop);
  for (const slug of ["moka-pot", "record-player", "moka-pot"]) await shopper.open(`/products/${slug}`);
  const viewedOn = async (path: string) => {
    const { text } = await shopper.open(path);
    const [section = ""] = /<section[^>]*data-testid="viewed".*?<\/section>/s.exec(text) ?? [];
    return [...section.matchAll(/data-product-slug="([^"]+)"/g)].map(([, slug]) => slug);
  };

  expect(await viewedOn("/")).toEqual(["moka-pot", "record-player"]);
  expect(await viewedOn("/products/record-player")).toEqual(["moka-pot"]);
});

test.each([
  ["ko-KR,ko;q=0.9,en;q=0.8", "KRW"],
  ["es-ES,es;q=0.9", "EUR"],
  ["ES", "EUR"],
  ["es-MX,es;q=0.9", "USD"],
  ["en-US,ko;q=0.5", "USD"],
  ["*", "USD"],
])(
  "a shopper who reads %s sees prices in %s until they choose another currency",
  async (language, currency) => {
    const shopper = givenShopper(mall.shop, language);
    const page = "/products/over-ear-headphones";

    expect((await shopper.open(page)).text).toMatch(new RegExp(`value="\\d+ ${currency}"`));

    await shopper.send("/preferences", { currency: "JPY" });
    expect((await shopper.open(page)).text).toMatch(/value="\d+ JPY"/);
  },
);

test("a price is shown as checkout would charge it: discounted and converted, rounded once", async () => {
  const shopper = givenShopper(mall.shop);
  await shopper.send("/preferences", { currency: "KRW" });

  const { text } = await shopper.open("/products/over-ear-headphones");

  // 229.00 USD less 20 % at 1385.20: 253,768.64 won.
  expect(text).toContain('value="253769 KRW"');
});

describe("search", () => {
  test("finds what is typed in Korean, and narrows it down by category and price", async () => {
    const shopper = givenShopper(mall.shop, "ko");
    await shopper.send("/preferences", { currency: "USD" });

    const found = await shopper.open(`/search?q=${encodeURIComponent("헤드폰")}`);
    const all = await shopper.open("/search");
    const narrowed = await shopper.open("/search?category=audio&price=0-4999&sort=price");

    expect(found.text).toContain('data-product-slug="over-ear-headphones"');
    expect(all.text.match(/data-testid="product-card"/g)).toHaveLength(24);
    const prices = [...narrowed.text.matchAll(/<p class="price">.*?value="(\d+) USD"/g)].map(([, price]) =>
      Number(price),
    );
    expect(prices.length).toBeGreaterThan(0);
    expect(Math.max(...prices)).toBeLessThanOrEqual(4999);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
  });

  test("shows only what is reduced, or in stock, and sorts a category as well", async () => {
    const shopper = givenShopper(mall.shop);
    const slugsOn = ({ text }: { text: string }) =>
      [...text.matchAll(/data-product-slug="([^"]+)"/g)].map(([, slug]) => slug);

    const reduced = await shopper.open("/search?reduced=yes");
    const sorted = await shopper.open("/categories/audio?sort=price&reduced=yes");

    const cards = reduced.text.match(/data-testid="product-card"/g) ?? [];
    expect(cards.length).toBeGreaterThan(3);
    expect(reduced.text.match(/class="badge"/g)).toHaveLength(cards.length);
    expect(slugsOn(sorted)).toEqual(["studio-microphone", "over-ear-headphones"]);
    expect(textOf(sorted.text)).toContain("2 results");
    expect(sorted.text).toContain('href="/categories/audio">Clear all');
  });

  test("goes on to the next page until everything has been shown once", async () => {
    const shopper = givenShopper(mall.shop);
    const slugs: string[] = [];
    let path: string | undefined = "/search?sort=name";

    while (path) {
      const { text } = await shopper.open(path);
      slugs.push(...[...text.matchAll(/data-product-slug="([^"]+)"/g)].map(([, slug]) => slug ?? ""));
      const [next] = /<a[^>]*data-testid="next-page"[^>]*>/.exec(text) ?? [];
      path = next && attributesOf(next)["href"];
    }

    expect(slugs).toHaveLength(48);
    expect(new Set(slugs).size).toBe(48);
  });

  test("suggests products to a script that asks while somebody types", async () => {
    const { body } = await givenShopper(mall.shop).open("/suggest?q=head").set("accept", "application/json");

    expect(body.items[0].text).toMatch(/head/i);
  });

  test("with an address that makes no sense shows everything instead of an error", async () => {
    const page = await givenShopper(mall.shop).open("/search?price=abc-&sort=up&category=");

    expect(page.status).toBe(200);
  });
});

describe("what is not there", () => {
  test.each(["/nowhere", "/products/unicorn", "/categories/unicorns", "/buy-now/unicorn", "/orders/x"])(
    "%s is a page of the shop for people, and a problem document for programs",
    async (path) => {
      const page = await givenShopper(mall.shop, "es").open(path);
      const problem = await givenShopper(mall.shop).open(path).set("accept", "application/json");

      expect(page.status).toBeGreaterThanOrEqual(400);
      expect(page.status).toBeLessThan(500);
      expect(page.text).toContain('<html lang="es">');
      expect(page.text).toContain('data-testid="error"');
      expect(problem.status).toBe(page.status);
      expect(problem.type).toBe("application/problem+json");
    },
  );
});

test("pictures and assets come from the shop itself, and may be kept by browsers", async () => {
  const shopper = givenShopper(mall.shop);
  const { text } = await shopper.open("/");
  const [stylesheet = ""] = /\/assets\/style\.css\?v=\w+/.exec(text) ?? [];

  const picture = await shopper.open("/images/record-player.svg");
  const style = await shopper.open(stylesheet);

  expect([picture.status, picture.type]).toEqual([200, "image/svg+xml"]);
  expect(picture.headers["cache-control"]).toContain("max-age=86400");
  expect([style.status, style.type]).toEqual([200, "text/css"]);
  expect(style.headers["cache-control"]).toContain("immutable");
  expect((await shopper.open("/images/unicorn.svg")).status).toBe(404);
  expect((await shopper.open("/assets/package.json")).status).toBe(404);
});
