import { inSpan, startClientSpan } from "@mall/kit/spans";
import type { Dispatcher } from "undici";
import type { PageRequest } from "../scenario/browser.ts";

type Headers = Readonly<Record<string, string>>;

/**
 * Sends a request as the first step of a trace, if this process has started telemetry (`--trace`): the shopper's step,
 * and in it the call of the storefront. Without telemetry it only sends.
 */
export function tracedRequest(
  shop: URL,
  { step, method, path }: PageRequest,
  send: (traceHeaders: Headers) => Promise<Dispatcher.ResponseData>,
): Promise<Dispatcher.ResponseData> {
  return inSpan(step, { root: true }, async () => {
    const [bare = ""] = path.split("?");
    const template = withoutIds(bare);
    const span = startClientSpan({
      method,
      template,
      path: bare,
      peer: "frontend",
      server: shop,
      resendCount: 0,
    });
    try {
      const response = await send(span.headers);
      span.answered(response.statusCode);
      return response;
    } catch (error) {
      span.failed(error);
      throw error;
    } finally {
      span.end();
    }
  });
}

/** What requests of one kind have in common: `/products/{id}` for `/products/moka-pot`. */
const withoutIds = (path: string): string =>
  path.replace(/^\/(ads|categories|orders|products)\/[^/]+/, "/$1/{id}");
