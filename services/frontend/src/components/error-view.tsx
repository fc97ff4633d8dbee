import { useView } from "../view.ts";

interface ErrorViewProps {
  title: string;
  text: string;
  /** By which the log and the trace of the request are found. */
  reference: string;
  /** The page to ask for again, where that may help. */
  retry: string | undefined;
}

export function ErrorView({ title, text, reference, retry }: ErrorViewProps) {
  const { t } = useView();
  return (
    <section class="narrow stack" data-testid="error">
      <h1>{title}</h1>
      <p>{text}</p>
      <p class="actions">
        {retry && (
          <a class="button" href={retry}>
            {t.errors.retry}
          </a>
        )}
        <a class="button button-quiet" href="/">
          {t.errors.toHome}
        </a>
      </p>
      <p class="quiet">
        {`${t.errors.reference}: `}
        <code>{reference}</code>
      </p>
    </section>
  );
}
