import { useView } from "../view.ts";
import { Icon } from "./icon.tsx";

interface ErrorViewProps {
  title: string;
  text: string;
  /** The part of the shop that the page would have needed. */
  missing: string | undefined;
  /** By which the log and the trace of the request are found. */
  reference: string;
  /** The page to ask for again, where that may help. */
  retry: string | undefined;
}

export function ErrorView({ title, text, missing, reference, retry }: ErrorViewProps) {
  const { t } = useView();
  return (
    <section class="error-page narrow stack" data-testid="error" data-missing={missing}>
      <Icon name="lost" />
      <h1>{title}</h1>
      <p>{text}</p>
      <p class="actions">
        {retry && (
          <a class="button" href={retry}>
            {t.errors.retry}
          </a>
        )}
        <a class={retry ? "button button-quiet" : "button"} href="/">
          {t.errors.toHome}
        </a>
        <a class="button button-quiet" href="/search">
          {t.home.browse}
        </a>
      </p>
      <p class="quiet">
        {`${t.errors.reference}: `}
        <code>{reference}</code>
      </p>
    </section>
  );
}
