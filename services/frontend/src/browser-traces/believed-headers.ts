import type { IncomingHttpHeaders } from "node:http";
import { believedBaggage, type BelieveHeaders } from "@mall/kit";
import { parseCookie } from "cookie";

/** Set by the page's script (`public/trace.js`) when a shopper follows a link or sends a form. */
export const clickCookie = "mall_trace";

// Of W3C's traceparent only what that script writes: version 00, ids that are not all zeros, sampled.
const clickForm = /^00-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-01$/;

/**
 * What the shop believes of a stranger's trace headers: their trace, and of their baggage a well-formed release.
 *
 * No script can put a header on a navigation, so the click that caused it comes in a cookie. Unlike a field or a query
 * it stands in no address that is shared, stored or logged; it lives for one navigation (`Visit.arrive`) and counts
 * for nothing but a navigation that began in this shop. It goes before the header, because a gateway in front of the
 * shop gives every request one, of a trace that begins there.
 */
export const believeHeaders: BelieveHeaders = (headers) => {
  const baggage = believedBaggage(headers["baggage"]);
  const click = isNavigationWithin(headers) ? clickOf(headers) : undefined;
  if (click) return { traceparent: click, baggage };
  return { traceparent: headers["traceparent"], tracestate: headers["tracestate"], baggage };
};

// Every browser that runs the script sends these headers.
const isNavigationWithin = (headers: IncomingHttpHeaders): boolean =>
  headers["sec-fetch-site"] === "same-origin" && headers["sec-fetch-dest"] === "document";

function clickOf({ cookie }: IncomingHttpHeaders): string | undefined {
  const click = parseCookie(cookie ?? "")[clickCookie];
  return click && clickForm.test(click) ? click : undefined;
}
