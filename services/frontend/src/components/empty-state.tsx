import { useView } from "../view.ts";
import { Icon } from "./icon.tsx";

/** Where a list would be: why it is empty, and where to go. */
export function EmptyState({ title, hint }: { title: string; hint?: string }) {
  const { t } = useView();
  return (
    <div class="empty-state" data-testid="empty">
      <Icon name="bag" />
      <p class="empty-state-title">{title}</p>
      {hint && <p class="quiet">{hint}</p>}
      <a class="button" href="/search">
        {t.home.browse}
      </a>
    </div>
  );
}
