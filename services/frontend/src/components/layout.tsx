import type { ComponentChildren } from "preact";
import { useView } from "../view.ts";
import { DocumentHead, type DocumentHeadProps } from "./document-head.tsx";
import { Footer } from "./footer.tsx";
import { Header } from "./header.tsx";

/** The whole document: what every page of the shop has around its content. */
export function Layout({ children, ...head }: DocumentHeadProps & { children: ComponentChildren }) {
  const { t, locale } = useView();
  return (
    <html lang={locale}>
      <DocumentHead {...head} />
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
