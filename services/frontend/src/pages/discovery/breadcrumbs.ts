import { messagesOf } from "../../i18n/messages.ts";
import type { Visit } from "../../visit.ts";
import { inLanguage } from "./language-links.ts";

/** The way from the home page, as schema.org's BreadcrumbList. */
export function breadcrumbsOf(
  { origin, locale }: Pick<Visit, "origin" | "locale">,
  below: readonly { name: string; path: string }[],
) {
  const steps = [{ name: messagesOf(locale).shop.home, path: "/" }, ...below];
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ name, path }, at) => ({
      "@type": "ListItem",
      position: at + 1,
      name,
      item: origin + inLanguage(path, locale),
    })),
  };
}
