import {
  annotate,
  created,
  decodeCursor,
  encodeCursor,
  InvalidInput,
  ok,
  pageOf,
  paging,
  Problem,
  type Route,
  route,
} from "@mall/kit";
import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";
import type { Ad } from "./ad.ts";
import { adsById, adsIn, contextOf } from "./ads/ads.ts";
import type { ClickRepository } from "./click-repository.ts";
import { type Rotation, startingAt } from "./rotation.ts";

interface Dependencies {
  clicks: ClickRepository;
  rotation: Rotation;
}

const adBody = z
  .object({
    id: z.string(),
    context: z.string(),
    productSlug: z.string(),
    text: z.object({ ko: z.string(), en: z.string(), es: z.string() }),
    image: z.string(),
  })
  .meta({ id: "Ad" });
const clicks = z.int().nonnegative();
const adParams = z.object({ id: z.string().max(100) });
const listQuery = z.object({
  context: z
    .string()
    .max(100)
    .optional()
    .meta({ description: "Slug of a product category; general ads for any other" }),
  ...paging,
});

export const createRoutes = ({ clicks: counted, rotation }: Dependencies): Route[] => [
  route({
    method: "get",
    path: "/ads",
    summary: "Ads that suit a context, beginning with another one each time",
    query: listQuery,
    answers: { 200: pageOf(adBody) },
    handle({ query: { context: asked, cursor, limit } }) {
      const context = contextOf(asked);
      annotate({ "mall.category": context });
      return ok(pageOfAds(context, cursor, limit, rotation));
    },
  }),
  route({
    method: "get",
    path: "/ads/{id}",
    summary: "One ad, and how often it was clicked",
    params: adParams,
    answers: { 200: adBody.extend({ clicks }) },
    problems: [404],
    async handle({ params: { id } }) {
      const ad = findOrThrow(id);
      return ok({ ...ad, clicks: await counted.count(id) });
    },
  }),
  route({
    method: "post",
    path: "/ads/{id}/clicks",
    summary: "Count a click; takes no body",
    params: adParams,
    answers: { 201: z.object({ id: z.string(), clicks }) },
    problems: [404, 422],
    async handle({ params: { id }, request }) {
      findOrThrow(id);
      assertNoBody(request.headers);
      return created({ id, clicks: await counted.add(id) }, `/ads/${id}`);
    },
  }),
];

// The list turns with every question; its cursor remembers where this reader's list began.
const cursorShape = z.strictObject({
  context: z.string(),
  start: z.int().nonnegative(),
  shown: z.int().nonnegative(),
});

function pageOfAds(context: string, cursor: string | undefined, limit: number, rotation: Rotation) {
  const ads = adsIn(context);
  const position = decodeCursor(
    cursorShape.refine((read) => read.context === context),
    cursor,
  );
  const { start, shown } = position ?? { start: rotation.next(context, ads), shown: 0 };
  const end = shown + limit;
  return {
    items: startingAt(ads, start).slice(shown, end),
    next: end < ads.length ? encodeCursor({ context, start, shown: end }) : null,
  };
}

function findOrThrow(id: string): Ad {
  const ad = adsById.get(id);
  if (!ad)
    throw new Problem(404, "not-found", `There is no ad "${id}".`, {
      errors: [{ field: "id", message: "is no ad" }],
    });
  annotate({ "mall.ad.id": id });
  return ad;
}

/** Whatever somebody sends along with a click would be ignored; saying so is kinder than counting it. */
function assertNoBody(headers: IncomingHttpHeaders): void {
  const empty = headers["transfer-encoding"] === undefined && Number(headers["content-length"] ?? 0) === 0;
  if (empty) return;
  throw new InvalidInput("A click has no body. Send none.", [{ field: "body", message: "must be empty" }]);
}
