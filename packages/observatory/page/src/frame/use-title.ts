import { useEffect } from "preact/hooks";

/** Each view names itself in the tab and in the history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Observatory`;
  }, [title]);
}
