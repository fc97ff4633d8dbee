const shop = "http://shop.invalid";

/**
 * `path` when it leads to a page of this shop, else the home page: what comes from a form must not be able to send a
 * shopper to another site.
 */
export function localPath(path: string | undefined): string {
  if (!path?.startsWith("/") || !URL.canParse(path, shop)) return "/";
  const { origin, pathname, search } = new URL(path, shop);
  // "/.//evil.example" is a path of ours to a parser, and another host to the browser that gets the rest of it.
  return origin === shop && !pathname.startsWith("//") ? `${pathname}${search}` : "/";
}
