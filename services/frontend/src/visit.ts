import { isCurrencyCode } from "@mall/kit";
import { parseCookie, type SetCookie, stringifySetCookie } from "cookie";
import type { Request, Response } from "express";
import { clickCookie } from "./browser-traces/believed-headers.ts";
import { defaultLocale, isLocale, type Locale, locales } from "./i18n/locale.ts";
import { isBehindTls } from "./security-headers.ts";
import { newSessionSecret, sessionIdOf } from "./session.ts";

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
  /** The session's id; begins a session when there is none. */
  ensureSession(): string;
  prefer(preferences: { locale?: Locale | undefined; currency?: string | undefined }): void;
  rememberCartSize(size: number): void;
  /** A page is the answer: the click that led here is over, and what is asked for next is no part of its trace. */
  arrive(): void;
}

export type OpenVisit = (request: Request, response: Response) => Visit;

export const catalogueCurrency = "USD";

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
  (alwaysTls: boolean): OpenVisit =>
  (request, response) => {
    const cookies = parseCookie(request.headers.cookie ?? "");
    const secure = alwaysTls || isBehindTls(request);
    let session = sessionIdOf(cookies["mall_session"]);
    let locale = localeOf(cookies["mall_language"], request);
    let currency = currencyOf(cookies["mall_currency"], request);
    let cartSize = cartSizeOf(cookies["mall_cart_size"]);

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
      here: request.method === "GET" ? request.originalUrl : "/",
      ensureSession() {
        if (session) return session;
        const secret = newSessionSecret();
        keep("mall_session", secret);
        session = sessionIdOf(secret) as string;
        return session;
      },
      prefer(preferences) {
        if (preferences.locale) keep("mall_language", (locale = preferences.locale));
        if (preferences.currency) keep("mall_currency", (currency = preferences.currency));
      },
      rememberCartSize(size) {
        if (size !== cartSize) keep("mall_cart_size", String((cartSize = size)));
      },
      arrive: () => forget(clickCookie),
    };
  };

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
