import type { Pool } from "undici";
import type { Browser, PageRequest } from "../scenario/browser.ts";
import { tracedRequest } from "./traced-request.ts";

/** `shed`: the shop is busy, and has said when to come back. */
export type OnAnswer = (request: PageRequest, ms: number, shed: boolean) => void;

/**
 * A browser for one visit, over a shared pool of connections, that sends these headers with every request. Its cookies
 * are its own and forgotten with it.
 */
export function createNodeBrowser(
  pool: Pool,
  shop: URL,
  headers: Readonly<Record<string, string>>,
  onAnswer: OnAnswer,
): Browser {
  const cookies = new Map<string, string>();
  return {
    async request(request) {
      const { method, path, form, language } = request;
      const start = performance.now();
      const response = await tracedRequest(shop, request, (traceHeaders) =>
        pool.request({
          method,
          path,
          body: form ? new URLSearchParams(form).toString() : null,
          headers: {
            ...headers,
            ...traceHeaders,
            accept: "text/html",
            "accept-language": language,
            ...(form && { "content-type": "application/x-www-form-urlencoded" }),
            ...(cookies.size > 0 && {
              cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
            }),
          },
        }),
      );
      const body = await response.body.text();
      const shed = response.statusCode === 503 && response.headers["retry-after"] !== undefined;
      onAnswer(request, performance.now() - start, shed);
      for (const line of [response.headers["set-cookie"] ?? []].flat()) {
        const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (name !== undefined) cookies.set(name, value ?? "");
      }
      const location = response.headers.location;
      return { status: response.statusCode, body, location: typeof location === "string" ? location : "" };
    },
  };
}
