import { isCurrencyCode } from "@mall/kit";
import { parseCookie, type SetCookie, stringifySetCookie } from "cookie";
import type { Request, Response } from "express";
import { clickCookie } from "./browser-traces/believed-headers.ts";
import { catalogueCurrency } from "./currencies.ts";
import { defaultLocale, isLocale, type Locale, locales } from "./i18n/locale.ts";
import { viewedCookie, viewedIn, withViewed } from "./recently-viewed.ts";
import { isBehindTls } from "./security-headers.ts";
import type { Sessions } from "./session.ts";

/** Who asks for a page, as far as their cookies and headers say, and what they are to remember. */
export interface Visit {
  /** The id that other services know the session by; undefined before anything has been kept for it. */
  readonly session: string | undefined;
  readonly locale: Locale;
  /** The currency that prices are shown in. */
  readonly currency: string;
  /** Products in the cart when it was last seen; kept by the browser, so that a page costs no call for it. */
  readonly cartSize: number;
  /** Path and query of what was asked for, to come back to; the home page for a post, which has no way back. */
  readonly here: string;
  /** The shop's own address as the shopper has typed it: `https://mall.example`. */
  readonly origin: string;
  /** Slugs of products that were looked at, the latest first. */
  readonly viewed: readonly string[];
  /** The session's id; begins a session when there is none. */
  ensureSession(): string;
  prefer(preferences: { locale?: Locale | undefined; currency?: string | undefined }): void;
  rememberCartSize(size: number): void;
  rememberViewed(slug: string): void;
  /** A page is the answer: the click that led here is over, and what is asked for next is no part of its trace. */
  arrive(): void;
}

export type OpenVisit = (request: Request, response: Response) => Visit;

// By language tag. Spanish of another country is not paid for in euros.
const usualCurrencies: ReadonlyMap<string, string> = new Map([
  ["ko", "KRW"],
  ["ko-kr", "KRW"],
  ["es", "EUR"],
  ["es-es", "EUR"],
]);

const halfAYear = 180 * 24 * 3600;

/** Reads visits; `alwaysTls` says that every shopper comes over TLS, whatever this process sees. */
export const createVisits =
  (sessions: Sessions, alwaysTls: boolean): OpenVisit =>
  (request, response) => {
    const cookies = parseCookie(request.headers.cookie ?? "");
    const secure = alwaysTls || isBehindTls(request);
    // The prefix makes browsers refuse it from anybody but this very host over TLS: not from a sibling, nor on the way.
    const sessionCookie = secure ? "__Host-mall_session" : "mall_session";
    let session = sessions.idOf(cookies[sessionCookie]);
    const linked = request.query["lang"];
    let locale = isLocale(linked) ? linked : localeOf(cookies["mall_language"], request);
    let currency = currencyOf(cookies["mall_currency"], request);
    let cartSize = cartSizeOf(cookies["mall_cart_size"]);
    const viewed = viewedIn(cookies[viewedCookie]);

    function keep(name: string, value: string): void {
      const cookie: SetCookie = {
        name,
        value,
        path: "/",
        httpOnly: true,
        sameSite: "lax",
        maxAge: halfAYear,
      };
      response.append("set-cookie", stringifySetCookie({ ...cookie, secure }));
    }

    function forget(name: string): void {
      if (cookies[name] === undefined) return;
      response.append("set-cookie", stringifySetCookie({ name, value: "", path: "/", maxAge: 0, secure }));
    }

    // Who comes by a link to a language goes on in it.
    if (isLocale(linked) && linked !== cookies["mall_language"]) keep("mall_language", linked);

    return {
      get session() {
        return session;
      },
      get locale() {
        return locale;
      },
      get currency() {
        return currency;
      },
      get cartSize() {
        return cartSize;
      },
      here: request.method === "GET" ? withoutLanguage(request.originalUrl) : "/",
      origin: `${secure ? "https" : "http"}://${request.headers.host ?? ""}`,
      viewed,
      ensureSession() {
        if (session) return session;
        const issued = sessions.issue();
        keep(sessionCookie, issued);
        session = sessions.idOf(issued) as string;
        return session;
      },
      prefer(preferences) {
        if (preferences.locale) keep("mall_language", (locale = preferences.locale));
        if (preferences.currency) keep("mall_currency", (currency = preferences.currency));
      },
      rememberCartSize(size) {
        if (size !== cartSize) keep("mall_cart_size", String((cartSize = size)));
      },
      rememberViewed(slug) {
        if (slug !== viewed[0]) keep(viewedCookie, withViewed(viewed, slug));
      },
      arrive: () => forget(clickCookie),
    };
  };

/** To come back to after another language was chosen, the address must not insist on one. */
function withoutLanguage(address: string): string {
  if (!address.includes("lang=")) return address;
  const [path = "/", query = ""] = address.split("?", 2);
  const search = new URLSearchParams(query);
  search.delete("lang");
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}

function localeOf(preferred: string | undefined, request: Request): Locale {
  if (isLocale(preferred)) return preferred;
  // In the order that decides when the browser accepts anything.
  const accepted = request.acceptsLanguages(defaultLocale, ...locales);
  return isLocale(accepted) ? accepted : defaultLocale;
}

/** Until a shopper has chosen, the currency of the country that the language they read first is from. */
function currencyOf(preferred: string | undefined, request: Request): string {
  if (preferred && isCurrencyCode(preferred)) return preferred;
  const [first = ""] = request.acceptsLanguages();
  return usualCurrencies.get(first.toLowerCase()) ?? catalogueCurrency;
}

function cartSizeOf(remembered: string | undefined): number {
  const size = Number(remembered ?? 0);
  return Number.isInteger(size) && size >= 0 && size <= 100 ? size : 0;
}
