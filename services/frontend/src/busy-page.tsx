import { renderToString } from "preact-render-to-string";
import { type Locale, locales } from "./i18n/locale.ts";
import { messagesOf } from "./i18n/messages.ts";

/**
 * Said when the shop is too full to make a page: rendered once for each language, because saying it must cost next to
 * nothing.
 */
export const busyPages: Readonly<Record<Locale, string>> = Object.fromEntries(
  locales.map((locale) => [locale, `<!doctype html>${renderToString(<BusyPage locale={locale} />)}`]),
) as Record<Locale, string>;

function BusyPage({ locale }: { locale: Locale }) {
  const { errors } = messagesOf(locale);
  return (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{errors.unavailable}</title>
      </head>
      <body>
        <main data-testid="error">
          <h1>{errors.unavailable}</h1>
          <p>{errors.unavailableText}</p>
          <p>
            <a href="/">{errors.toHome}</a>
          </p>
        </main>
      </body>
    </html>
  );
}
