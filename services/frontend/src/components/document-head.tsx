import { inLanguage, languageLinks } from "../pages/discovery/language-links.ts";
import { useView } from "../view.ts";

// In this order: a form is checked before it is sent, and trace.js sees fetches that were begun after it.
const scripts = ["trace.js", "check.js", "enhance.js", "suggest.js"];

export interface DocumentHeadProps {
  title: string;
  /** The shop's own address. */
  origin: string;
  description?: string | undefined;
  /** Without one the page is the shopper's own, and nothing for a search engine. */
  publicPath?: string | undefined;
  about?: readonly object[] | undefined;
}

export function DocumentHead({ title, origin, description, publicPath, about = [] }: DocumentHeadProps) {
  const { t, assetUrl } = useView();
  const fullTitle = `${title} · ${t.shop.name}`;
  const summary = description ?? t.shop.tagline;
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>{fullTitle}</title>
      <link rel="stylesheet" href={assetUrl("style.css")} />
      <meta name="description" content={summary} />
      {publicPath === undefined ? (
        <meta name="robots" content="noindex" />
      ) : (
        <PublicLinks {...{ title: fullTitle, description: summary, origin, publicPath }} />
      )}
      <link rel="icon" href={assetUrl("icon.svg")} type="image/svg+xml" />
      <link rel="manifest" href={assetUrl("shop.webmanifest")} />
      {scripts.map((file) => (
        <script key={file} type="module" src={assetUrl(file)} />
      ))}
      {about.map((thing, at) => (
        <script key={at} type="application/ld+json" dangerouslySetInnerHTML={{ __html: inertJson(thing) }} />
      ))}
    </head>
  );
}

interface PublicLinksProps {
  title: string;
  description: string;
  origin: string;
  publicPath: string;
}

function PublicLinks({ title, description, origin, publicPath }: PublicLinksProps) {
  const { locale } = useView();
  const address = origin + inLanguage(publicPath, locale);
  return (
    <>
      <link rel="canonical" href={address} />
      {languageLinks(origin, publicPath).map(({ language, href }) => (
        <link key={language} rel="alternate" hreflang={language} href={href} />
      ))}
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={address} />
    </>
  );
}

// Inside of a script element nothing is escaped for us: "</script>" in a text would end it.
const inertJson = (thing: object): string => JSON.stringify(thing).replaceAll("<", String.raw`\u003c`);
