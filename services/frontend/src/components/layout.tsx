import type { ComponentChildren } from "preact";
import { useView } from "../view.ts";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";

interface LayoutProps {
  title: string;
  children: ComponentChildren;
}

/** The whole document: what every page of the shop has around its content. */
export function Layout({ title, children }: LayoutProps) {
  const { t, locale, assetUrl } = useView();
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content={t.shop.tagline} />
        <title>{`${title} · ${t.shop.name}`}</title>
        <link rel="stylesheet" href={assetUrl("style.css")} />
        <link rel="icon" href={assetUrl("icon.svg")} type="image/svg+xml" />
        <link rel="manifest" href={assetUrl("shop.webmanifest")} />
        <script type="module" src={assetUrl("trace.js")} />
        <script type="module" src={assetUrl("enhance.js")} />
      </head>
      <body>
        <a class="skip-link" href="#content">
          {t.shop.skip}
        </a>
        <Header />
        <main id="content" class="page" tabIndex={-1}>
          {children}
        </main>
        <Footer />
      </body>
    </html>
  );
}
