import type { Request, RequestHandler } from "express";
import helmet from "helmet";

/** Whether the shopper's own connection is encrypted, as the proxy in front says. */
export const isBehindTls = (request: Request): boolean =>
  request.headers["x-forwarded-proto"]?.toString().split(",", 1)[0]?.trim() === "https";

const strictTransport = "max-age=31536000; includeSubDomains";

/** Headers that keep browsers from running or embedding what is not ours. */
export function securityHeaders(alwaysTls: boolean): RequestHandler[] {
  const headers = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Without any referrer, browsers post forms with `Origin: null`, and the check for cross-site posts refuses them.
    referrerPolicy: { policy: "same-origin" },
    strictTransportSecurity: false,
  });
  return [
    headers,
    (request, response, next) => {
      // Over plain http the header means nothing, and a laptop must stay reachable at http://127.0.0.1.
      if (alwaysTls || isBehindTls(request)) response.set("strict-transport-security", strictTransport);
      next();
    },
  ];
}
