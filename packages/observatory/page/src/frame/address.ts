import { useEffect, useState } from "preact/hooks";

/** Where the page is. Every view has a permanent address, so that it can be sent to somebody. */
export type Address = { readonly path: string; readonly query: URLSearchParams };

const CHANGED = "observatory:address";

const current = (): Address => ({ path: location.pathname, query: new URLSearchParams(location.search) });

export function useAddress(): Address {
  const [address, setAddress] = useState(current);
  useEffect(() => {
    const follow = (): void => setAddress(current());
    for (const event of ["popstate", CHANGED]) addEventListener(event, follow);
    return () => {
      for (const event of ["popstate", CHANGED]) removeEventListener(event, follow);
    };
  }, []);
  return address;
}

/** `replace` for what is a detail of the same view, so that "back" leaves the view at once. */
export function navigate(href: string, { replace = false } = {}): void {
  if (replace) history.replaceState(null, "", href);
  else history.pushState(null, "", href);
  dispatchEvent(new Event(CHANGED));
}

/** Plain links stay plain links; a plain click on one of ours stays within the document. */
export function followLinks(target: Document): void {
  target.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return;
    if (link.target !== "" || link.hasAttribute("download") || link.hash !== "") return;
    event.preventDefault();
    navigate(link.pathname + link.search);
  });
}

/** The address with some parameters set; an empty value removes one. */
export function withQuery({ path, query }: Address, changes: Record<string, string>): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === "") next.delete(name);
    else next.set(name, value);
  }
  return next.size === 0 ? path : `${path}?${next.toString()}`;
}

export const traceHref = (traceId: string, spanId = ""): string =>
  withQuery(
    { path: `/traces/${encodeURIComponent(traceId)}`, query: new URLSearchParams() },
    { span: spanId },
  );

export const tracesHref = (filters: Record<string, string>): string =>
  withQuery({ path: "/traces", query: new URLSearchParams() }, filters);

export const promqlHref = (query: string): string =>
  withQuery({ path: "/promql", query: new URLSearchParams() }, { query });

/** A dot would make the server look for a file. */
export const serviceHref = (service: string): string =>
  `/services/${encodeURIComponent(service).replaceAll(".", "%2E")}`;
