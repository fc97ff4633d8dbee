import { annotate, decodeCursor, NotFound, noContent, ok, type Route, route, toPage } from "@mall/kit";
import { z } from "zod";
import {
  categoryBody,
  listQuery,
  orderParams,
  productBody,
  productPage,
  reservationBody,
  reservationInput,
} from "./product-api.ts";
import type { Product } from "./product.ts";
import type { ProductRepository } from "./product-repository.ts";
import type { Reservation } from "./reservation.ts";
import type { ReservationRepository } from "./reservation-repository.ts";

interface Dependencies {
  products: ProductRepository;
  reservations: ReservationRepository;
  pictures: ReadonlyMap<string, string>;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
// What has another form names nothing here, and may hold what PostgreSQL does not take.
const slug = /^[a-z\d-]+$/;

export const createRoutes = ({ products, reservations, pictures }: Dependencies): Route[] => [
  route({
    method: "get",
    path: "/products",
    summary: "Products in the catalogue's order, of a category or by their ids",
    query: listQuery,
    answers: { 200: productPage },
    async handle({ query: { category, cursor, limit, ids } }) {
      if (ids) return ok({ items: (await products.findMany(ids)).map(toBody), next: null });
      const after = decodeCursor(z.int32(), cursor);
      if (category !== undefined && !slug.test(category)) return ok({ items: [], next: null });
      const found = await products.list({ category, after, limit: limit + 1 });
      annotate({ "mall.product.count": Math.min(found.length, limit) });
      const page = toPage(found, limit, (last) => last.position);
      return ok({ ...page, items: page.items.map(toBody) });
    },
  }),
  route({
    method: "get",
    path: "/products/{product}",
    summary: "One product, by its slug or id",
    params: z.object({ product: z.string().max(100) }),
    answers: { 200: productBody },
    problems: [404],
    async handle({ params: { product } }) {
      const found = slug.test(product)
        ? await products.findBy(uuid.test(product) ? "id" : "slug", product)
        : undefined;
      if (!found) throw new NotFound(`There is no product "${product}".`);
      annotate({ "mall.product.id": found.id });
      return ok(toBody(found));
    },
  }),
  route({
    method: "get",
    path: "/categories",
    summary: "All categories",
    answers: { 200: z.object({ items: z.array(categoryBody), next: z.null() }) },
    handle: async () => ok({ items: await products.categories(), next: null }),
  }),
  route({
    method: "get",
    path: "/images/{file}",
    summary: "The picture of a product",
    params: z.object({ file: z.string().max(100) }),
    answers: { 200: "image/svg+xml" },
    problems: [404],
    handle({ params: { file } }) {
      const picture = pictures.get(file);
      if (!picture) throw new NotFound(`There is no picture "${file}".`);
      return {
        status: 200,
        body: picture,
        contentType: "image/svg+xml",
        headers: { "cache-control": "public, max-age=86400" },
      };
    },
  }),
  route({
    method: "put",
    path: "/reservations/{orderId}",
    summary: "Hold stock for an order; the same lines again answer the same reservation",
    params: orderParams,
    body: reservationInput,
    answers: { 200: reservationBody },
    problems: [409],
    async handle({ params: { orderId }, body: { lines } }) {
      annotate({ "mall.order.id": orderId });
      return ok(toReservationBody(await reservations.hold(orderId, lines)));
    },
  }),
  route({
    method: "post",
    path: "/reservations/{orderId}/commit",
    summary: "Make a reservation final: its stock is sold",
    params: orderParams,
    answers: { 200: reservationBody },
    problems: [404, 409],
    async handle({ params: { orderId } }) {
      annotate({ "mall.order.id": orderId });
      return ok(toReservationBody(await reservations.commit(orderId)));
    },
  }),
  route({
    method: "delete",
    path: "/reservations/{orderId}",
    summary: "Give the stock back, once",
    params: orderParams,
    answers: { 204: null },
    async handle({ params: { orderId } }) {
      annotate({ "mall.order.id": orderId });
      await reservations.release(orderId);
      return noContent();
    },
  }),
];

const toBody = ({ position: _position, ...product }: Product) => product;

const toReservationBody = (reservation: Reservation) => ({
  ...reservation,
  expiresAt: reservation.expiresAt.toISOString(),
});
