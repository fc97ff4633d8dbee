import { describeOperation, type Operation } from "./api-operations.ts";
import { orderPatiently } from "./patient-buyer.ts";
import type { RawRequests } from "./raw-requests.ts";
import { sampleBodies } from "./sample-bodies.ts";
import type { WholeMall } from "./whole-mall.ts";

export type Samples = Awaited<ReturnType<typeof givenSamples>>;

/** The headers of a form that a page of the shop itself has posted. */
const fromTheShop = { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" };

/**
 * A shopper with an order, something in the cart, and something on the wish list; and for every parameter of every
 * operation a value that really leads somewhere.
 */
export async function givenSamples(mall: WholeMall, { send }: RawRequests) {
  const { items } = JSON.parse((await send("product", { method: "GET", path: "/products" })).text) as {
    items: { id: string; slug: string; category: string; image: string }[];
  };
  const [product] = items;
  if (!product) throw new Error("the catalogue is empty");

  const form = `productId=${product.id}&quantity=1`;
  const added = await send("frontend", {
    method: "POST",
    path: "/cart/items",
    headers: fromTheShop,
    body: form,
  });
  const cookie = added.cookies.join("; ");
  const asShopper = { ...fromTheShop, cookie };
  await send("frontend", { method: "POST", path: "/saved/items", headers: asShopper, body: form });
  const [inCart] = await mall.query<{ id: string }>("cart", "select cart_id as id from cart_lines");
  const sessionId = inCart?.id ?? "";
  const { orderId = "" } = await orderPatiently(mall, { cartId: sessionId });
  await send("frontend", { method: "POST", path: "/cart/items", headers: asShopper, body: form });

  const home = await send("frontend", { method: "GET", path: "/" });
  const [, asset = ""] = /\/assets\/([\w.-]+)/.exec(home.text) ?? [];
  const ads = await send("ad", { method: "GET", path: "/ads" });
  const [, adId = ""] = /"id":"([^"]+)"/.exec(ads.text) ?? [];

  const inPath: Record<string, string> = {
    orderId,
    productId: product.id,
    product: product.slug,
    slug: product.slug,
    code: "KRW",
    file: product.image.split("/").at(-1) ?? "",
    "checkout id": orderId,
    "purchase id": orderId,
    "purchase id of /cards/{id}": "visa-4242",
    "frontend id": orderId,
    "frontend id of /ads/{id}/clicks": adId,
    "frontend slug of /categories/{slug}": product.category,
    "frontend file of /assets/{file}": asset,
    "cart id": sessionId,
    "search id": product.id,
    "ad id": adId,
  };
  const inQuery: Record<string, string> = {
    q: "mug",
    category: product.category,
    ids: product.id,
    limit: "5",
    sort: "name",
    locale: "ko",
    minPrice: "100",
    maxPrice: "100000",
    reduced: "true",
    inStock: "true",
    price: "",
    context: product.category,
    orderId,
    sessionId,
    quantity: "1",
    product: product.id,
    country: "KR",
    news: "added",
    saved: "yes",
    v: "1",
  };

  const bodies = sampleBodies({ orderId, productId: product.id, sessionId });

  function pathValue({ service, path }: Operation, name: string): string {
    const value = inPath[`${service} ${name} of ${path}`] ?? inPath[`${service} ${name}`] ?? inPath[name];
    if (!value) throw new Error(`no sample for ${name} in ${service} ${path}`);
    return value;
  }

  function queryValue({ service, path }: Operation, name: string): string {
    const value = inQuery[name];
    if (value === undefined) throw new Error(`no sample for ${name} in ${service} ${path}`);
    return encodeURIComponent(value);
  }

  return {
    cookie,

    /** The operation's path with real values in it, except for what is given. */
    pathOf: (operation: Operation, given: Readonly<Record<string, string>> = {}): string =>
      operation.path.replaceAll(
        /\{(\w+)\}/g,
        (_, name: string) => given[name] ?? encodeURIComponent(pathValue(operation, name)),
      ),

    /** A body of JSON that the operation accepts. */
    bodyOf(operation: Operation): object {
      const body = bodies[describeOperation(operation)];
      if (!body) throw new Error(`no sample of a body for ${describeOperation(operation)}`);
      return body;
    },

    /** Every declared query parameter with a real value; a cursor is left out. */
    queryOf: (operation: Operation): string =>
      toQuery(
        operation.queryParameters
          .filter(({ name }) => name !== "cursor")
          .map(({ name }) => [name, queryValue(operation, name)]),
      ),

    /** One query parameter with what is given, sent as it is; beside it only those that are required. */
    queryWith: (operation: Operation, name: string, value: string): string =>
      toQuery([
        ...operation.queryParameters
          .filter((each) => each.required && each.name !== name)
          .map((each): [string, string] => [each.name, queryValue(operation, each.name)]),
        [name, value],
      ]),
  };
}

const toQuery = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.length > 0 ? `?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}` : "";
