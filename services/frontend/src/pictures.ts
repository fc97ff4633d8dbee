import { NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";
import type { Catalogue } from "./catalogue.ts";

/** Product pictures under the shop's own address, so that a page loads nothing from elsewhere. */
export const pictureRoute = (catalogue: Catalogue): Route =>
  route({
    method: "get",
    path: "/images/{file}",
    summary: "The picture of a product",
    params: z.object({ file: z.string().regex(/^[\w-]{1,80}\.svg$/) }),
    answers: { 200: "image/svg+xml" },
    problems: [404],
    async handle({ params: { file } }) {
      const body = await catalogue.picture(file);
      if (body === undefined) throw new NotFound(`There is no picture "${file}".`);
      const headers = { "cache-control": "public, max-age=86400" };
      return { status: 200, body, contentType: "image/svg+xml", headers };
    },
  });
