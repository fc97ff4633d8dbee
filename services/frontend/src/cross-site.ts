import { Problem } from "@mall/kit";
import type { Request, RequestHandler } from "express";

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses a form that another site has made the browser post (cross-site request forgery). Browsers say where a post
 * comes from in `Sec-Fetch-Site`, older ones in `Origin` or `Referer`; what says nothing is refused.
 */
export const refuseCrossSite: RequestHandler = (request, _response, next) => {
  if (harmless.has(request.method) || isFromHere(request)) return next();
  throw new Problem(
    403,
    "cross-site",
    "This form was not sent from a page of this shop. Open the shop and try again.",
  );
};

function isFromHere({ headers }: Request): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin" || site === "none";
  return hostOf(headers.origin ?? headers.referer) === headers.host;
}

/** `null` for no address, for the opaque origin "null", and for what is no address at all. */
const hostOf = (address: string | undefined): string | null =>
  address && URL.canParse(address) ? new URL(address).host : null;
