/** Reads the few things that the scenario needs from a page; k6 has no document, so this is done on the text. */

export const attributeOf = (tag: string, name: string): string | undefined =>
  unescape(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]);

/** The tags, opening part only, whose `data-testid` is `id`. */
export const tagsByTestId = (html: string, id: string): string[] =>
  html.match(new RegExp(`<[a-z]+\\s[^>]*data-testid="${id}"[^>]*>`, "g")) ?? [];

/** The form with this `data-testid`, up to its end. */
export function formByTestId(html: string, id: string): string | undefined {
  const start = html.search(new RegExp(`<form\\s[^>]*data-testid="${id}"`));
  return start === -1 ? undefined : html.slice(start, html.indexOf("</form>", start));
}

/** Names and values of the hidden fields in a piece of HTML. */
export function hiddenFields(html: string): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const tag of html.match(/<input\s[^>]*type="hidden"[^>]*>/g) ?? []) {
    const name = attributeOf(tag, "name");
    if (name !== undefined) fields[name] = attributeOf(tag, "value") ?? "";
  }
  return fields;
}

const entities: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&quot;": '"',
  "&lt;": "<",
  "&gt;": ">",
  "&#39;": "'",
};

const unescape = (text: string | undefined): string | undefined =>
  text?.replaceAll(/&(?:amp|quot|lt|gt|#39);/g, (entity) => entities[entity] ?? entity);
