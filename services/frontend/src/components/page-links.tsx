import { useView } from "../view.ts";

interface PageLinksProps {
  /** The list's address without a cursor. */
  path: string;
  query: Readonly<Record<string, string | number | undefined>>;
  /** The cursor of this page, and of the next. */
  cursor: string | undefined;
  next: string | null;
}

export function PageLinks({ path, query, cursor, next }: PageLinksProps) {
  const { t } = useView();
  if (!cursor && next === null) return null;
  return (
    <nav class="page-links" aria-label={t.list.next}>
      {cursor && (
        <a class="button button-quiet" href={withQuery(path, query)}>
          {t.list.first}
        </a>
      )}
      {next !== null && (
        <a
          class="button button-quiet"
          rel="next"
          href={withQuery(path, { ...query, cursor: next })}
          data-testid="next-page"
        >
          {t.list.next}
        </a>
      )}
    </nav>
  );
}

/** Appends what is defined and not empty. */
export function withQuery(path: string, query: PageLinksProps["query"]): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}
