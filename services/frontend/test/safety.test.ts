import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ServiceUnderTest } from "@mall/kit/testing";
import request from "supertest";
import { formIn } from "./html.ts";
import { type Mall, startMall } from "./mall.ts";
import { address, givenShopper } from "./shopper.ts";

let mall: Mall;
let shop: ServiceUnderTest;
beforeAll(async () => {
  mall = await startMall();
  shop = mall.shop;
}, 120_000);
afterAll(() => mall.stop());

const host = () => new URL(shop.url).host;
const productId = "f6461a2a-1f96-4b65-8c01-750d4ea20578";

describe("a form is accepted", () => {
  const accepted: [string, () => Record<string, string>][] = [
    ["from a page of the shop", () => ({ "sec-fetch-site": "same-origin" })],
    ["from an older browser that gives its origin", () => ({ origin: shop.url })],
    ["from one that gives only the page", () => ({ referer: `${shop.url}/cart` })],
  ];
  const refused: [string, () => Record<string, string>][] = [
    ["from another site", () => ({ "sec-fetch-site": "cross-site", origin: "https://evil.example" })],
    ["from another site of the same owner", () => ({ "sec-fetch-site": "same-site" })],
    ["by a browser that contradicts itself", () => ({ "sec-fetch-site": "cross-site", origin: shop.url })],
    ["from another origin", () => ({ origin: "https://evil.example" })],
    ["from another port", () => ({ origin: "http://127.0.0.1:1" })],
    ["from an opaque origin", () => ({ origin: "null" })],
    ["from an address that only looks alike", () => ({ referer: `https://evil.example/${host()}` })],
    ["by something that does not say where it comes from", () => ({})],
  ];
  const post = (headers: Record<string, string>) =>
    request(shop.url)
      .post("/cart/items")
      .set({ accept: "text/html", ...headers })
      .type("form")
      .send({ productId, quantity: "1" });

  test.each(accepted)("%s", async (_who, headers) => {
    expect((await post(headers())).status).toBe(303);
  });

  test.each(refused)("not when posted %s", async (_who, headers) => {
    const answer = await post(headers());

    expect(answer.status).toBe(403);
    expect(answer.text).toContain('data-testid="error"');
    expect(answer.headers["set-cookie"]).toBeUndefined();
  });
});

describe("the session", () => {
  const sessionCookie = ({ headers }: request.Response): string => {
    const cookies: unknown = headers["set-cookie"];
    return Array.isArray(cookies)
      ? String(cookies.find((cookie) => /^(__Host-)?mall_session=/.test(String(cookie))) ?? "")
      : "";
  };

  test("begins with the first thing to keep, in a cookie that scripts and other sites can't use", async () => {
    const shopper = givenShopper(shop);

    const looked = await shopper.open("/");
    const added = await shopper.send("/cart/items", { productId, quantity: "1" });
    const again = await shopper.send("/cart/items", { productId, quantity: "1" });

    expect(looked.headers["set-cookie"]).toBeUndefined();
    expect(sessionCookie(added)).toMatch(
      /^mall_session=[\w-]{43}\.[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(sessionCookie(again)).toBe("");
  });

  test("over TLS its cookie stays on TLS, and the browser is told to", async () => {
    const shopper = givenShopper(shop);

    const added = await shopper
      .send("/cart/items", { productId, quantity: "1" })
      .set("x-forwarded-proto", "https");
    const plain = await givenShopper(shop).open("/");

    expect(sessionCookie(added)).toMatch(/^__Host-mall_session=[^;]+; Max-Age=\d+; Path=\/;.* Secure/);
    expect(added.headers["strict-transport-security"]).toMatch(/max-age=\d{7,}/);
    expect(plain.headers["strict-transport-security"]).toBeUndefined();
  });

  test("is known to the other services by a digest, never by the cookie itself", async () => {
    const added = await givenShopper(shop).send("/cart/items", { productId, quantity: "1" });
    const secret = /mall_session=([^;.]+)/.exec(sessionCookie(added))?.[1] ?? "";

    const carts = await mall
      .service("cart")
      .database.query<{ cart_id: string }>("select cart_id from cart_lines");

    expect(secret).toHaveLength(43);
    expect(carts.length).toBeGreaterThan(0);
    expect(carts.map(({ cart_id }) => cart_id).filter((id) => id.includes(secret))).toEqual([]);
    expect(carts.at(-1)?.cart_id).toMatch(/^[\da-f]{64}$/);
  });

  const addAs = (cookie: string, headers: Record<string, string> = {}) =>
    request(shop.url)
      .post("/cart/items")
      .set({ origin: shop.url, accept: "text/html", cookie, ...headers })
      .type("form")
      .send({ productId, quantity: "1" });

  test.each([
    ["of the right form", `${"A".repeat(43)}.${"A".repeat(43)}`],
    ["without a signature", "A".repeat(43)],
    ["of no form at all", "../../x"],
  ])(
    "can't be fixed: one made up %s is not taken up, its owner-to-be gets another",
    async (_form, planted) => {
      const added = await addAs(`mall_session=${planted}`);

      expect(added.status).toBe(303);
      expect(sessionCookie(added)).toMatch(/^mall_session=/);
      expect(sessionCookie(added)).not.toContain(planted);
      const page = await request(shop.url)
        .get("/cart")
        .set({ accept: "text/html", cookie: `mall_session=${planted}` });
      expect(page.text).toContain('data-testid="empty"');
    },
  );

  test("can't be planted over TLS, not even a real one: its name is one that only the shop itself can set", async () => {
    const attackers = sessionCookie(await addAs("")).split(";")[0] ?? "";
    const https = { "x-forwarded-proto": "https", origin: shop.url.replace("http:", "https:") };

    const added = await addAs(attackers, https);

    expect(added.status).toBe(303);
    expect(sessionCookie(added)).toMatch(/^__Host-mall_session=/);
    expect(sessionCookie(await addAs(attackers))).toBe("");
  });
});

describe("what people type is shown as text, whatever it is:", () => {
  const script = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`;

  test("in the search", async () => {
    const { text } = await givenShopper(shop).open(`/search?q=${encodeURIComponent(script)}`);

    expect(text).not.toContain("<script>alert");
    expect(text).not.toContain("<img src=x");
    expect(text).toContain("&lt;script>alert(1)");
  });

  test("in the profile, and again when it has been kept", async () => {
    const shopper = givenShopper(shop);
    const profile = { ...address, name: script, line1: script, language: "en", currency: "USD" };

    const refused = await shopper.send("/profile", { ...profile, email: script });
    await shopper.send("/profile", profile);
    const kept = await shopper.open("/profile");

    for (const { text } of [refused, kept]) {
      expect(text).not.toContain("<script>alert");
      expect(text).not.toContain("<img src=x");
    }
    expect(formIn(kept.text, "profile").fields["name"]).toBe(script);
  });

  test("in the cookie of what was looked at, and in the language of a link", async () => {
    const page = await givenShopper(shop)
      .open(`/?lang=${encodeURIComponent(script)}`)
      .set("cookie", `mall_viewed=${encodeURIComponent(script)}.record-player; mall_cart_size=${script}`);

    expect(page.text).not.toContain("<script>alert");
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).toContain('data-testid="viewed"');
    expect(page.headers["set-cookie"]).toBeUndefined();
  });

  test("in what is told to search engines about a product", async () => {
    const end = "</script><script>alert(1)</script>";
    await mall
      .service("product")
      .database.query(
        "update products set name = jsonb_set(name, '{en}', to_jsonb($1::text)) where slug = $2",
        [end, "chess-set"],
      );

    const { text } = await givenShopper(shop).open("/products/chess-set");

    expect(text).not.toContain("<script>alert");
    const [, data = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(text) ?? [];
    expect(JSON.parse(data)).toMatchObject({ "@type": "Product", name: end });
  });

  test("in the address of an order", async () => {
    const shopper = givenShopper(shop);
    const id = await shopper.order("/buy-now/record-player", { name: script, city: script });

    const { text } = await shopper.open(`/orders/${id}`);

    expect(text).toContain("&lt;script>alert(1)");
    expect(text).not.toContain("<script>alert");
  });
});

test("browsers are told to run, load and frame nothing but the shop's own", async () => {
  const { headers, text } = await givenShopper(shop).open("/products/record-player");

  const policy = headers["content-security-policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("form-action 'self'");
  expect(policy).not.toMatch(/unsafe|upgrade-insecure-requests|\*/);
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("same-origin");
  expect(headers["cache-control"]).toBe("private, no-cache");
  // What a search engine reads is data, which no browser runs.
  const withoutData = text.replaceAll(/<script type="application\/ld\+json">.*?<\/script>/gs, "");
  expect(withoutData).not.toMatch(/<script(?![^>]* src=)|<style|\sstyle=|\son\w+=/);
});

test.each([
  "https://evil.example/",
  "//evil.example/cart",
  "/\\evil.example/cart",
  "/.//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  "",
])("choosing a language can't be made to lead to %p", async (returnTo) => {
  const answer = await givenShopper(shop).send("/preferences", { language: "ko", returnTo });

  expect(answer.headers["location"]).toBe("/");
});

test("nothing can be changed by opening an address", async () => {
  const document = await (await fetch(`${shop.url}/openapi.json`)).json();
  const posts = Object.entries(document.paths as Record<string, object>).filter(
    ([, methods]) => "post" in methods,
  );

  expect(posts.length).toBeGreaterThan(10);
  for (const [path, methods] of posts) {
    if ("get" in methods) continue;
    const answer = await request(shop.url).get(path.replaceAll(/\{\w+\}/g, productId));
    expect([path, answer.status, answer.headers["allow"]]).toEqual([path, 405, "POST"]);
  }
});

test("pages are sent compressed to browsers that ask for it", async () => {
  const page = await givenShopper(shop).open("/").set("accept-encoding", "gzip");

  expect(page.headers["content-encoding"]).toBe("gzip");
});
