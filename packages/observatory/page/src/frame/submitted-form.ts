/** What was filled into a form, trimmed; instead of the browser's own sending of it. */
export function submittedForm(event: Event): {
  text: (name: string) => string;
  has: (name: string) => boolean;
} {
  event.preventDefault();
  const { currentTarget } = event;
  const form = currentTarget instanceof HTMLFormElement ? new FormData(currentTarget) : new FormData();
  return {
    text(name) {
      const value = form.get(name);
      return typeof value === "string" ? value.trim() : "";
    },
    has: (name) => form.has(name),
  };
}
