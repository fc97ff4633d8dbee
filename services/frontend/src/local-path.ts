/**
 * `path` when it leads to a page of this shop, else the home page: what comes from a form must not be able to send a
 * shopper to another site.
 */
export function localPath(path: string | undefined): string {
  const here = "http://shop.invalid";
  if (!path?.startsWith("/") || !URL.canParse(path, here)) return "/";
  const url = new URL(path, here);
  return url.origin === here ? `${url.pathname}${url.search}` : "/";
}
