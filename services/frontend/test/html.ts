/** Just enough reading of our own pages: the renderer writes every attribute in double quotes. */

export interface Form {
  action: string;
  /** What a browser would post without anybody typing; of radio buttons and boxes only the checked ones. */
  fields: Record<string, string>;
}

// Values may hold a ">", so a tag ends only outside of the quotes.
const attributes = String.raw`(?:\s[\w:-]+(?:="[^"]*")?)*\s*/?`;
const tagsOf = (names: string, html: string): string[] =>
  [...html.matchAll(new RegExp(`<(?:${names})${attributes}>`, "g"))].map(([tag]) => tag);

export function formIn(html: string, testId: string): Form {
  const open = tagsOf("form", html).find((tag) => attributesOf(tag)["data-testid"] === testId);
  if (open === undefined) throw new Error(`there is no form ${testId} in ${html}`);
  const start = html.indexOf(open);
  const inner = html.slice(start, html.indexOf("</form>", start));

  const fields: Record<string, string> = {};
  for (const tag of tagsOf("input", inner)) {
    const { name, type, value } = attributesOf(tag);
    const left = (type === "radio" || type === "checkbox") && !/ checked[ />=]/.test(tag);
    if (name && !left) fields[name] = value ?? "";
  }
  for (const select of inner.split("<select").slice(1)) {
    const options = tagsOf("option", select.slice(0, select.indexOf("</select>")));
    const chosen = options.find((tag) => tag.includes(" selected")) ?? options[0];
    const { name } = attributesOf(select.slice(0, select.indexOf(">")));
    if (name) fields[name] = attributesOf(chosen ?? "")["value"] ?? "";
  }
  return { action: attributesOf(open)["action"] ?? "", fields };
}

export function attributesOf(tag: string): Record<string, string> {
  return Object.fromEntries(
    [...tag.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      unescapeHtml(value),
    ]),
  );
}

/** The text that a reader sees, without tags. */
export const textOf = (html: string): string =>
  unescapeHtml(html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " "));

const unescapeHtml = (text: string): string =>
  text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
