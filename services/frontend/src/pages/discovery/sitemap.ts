import { languageLinks } from "./language-links.ts";

/** A sitemap (sitemaps.org, with Google's language links) of pages that exist in each of the shop's languages. */
export const sitemapOf = (origin: string, paths: readonly string[]): string =>
  [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...paths.map((path) => entryOf(origin, path)),
    "</urlset>",
    "",
  ].join("\n");

function entryOf(origin: string, path: string): string {
  const links = languageLinks(origin, path).map(
    ({ language, href }) => `<xhtml:link rel="alternate" hreflang="${language}" href="${escapeXml(href)}"/>`,
  );
  return `<url><loc>${escapeXml(origin + path)}</loc>${links.join("")}</url>`;
}

const escapeXml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
