type Query = Readonly<Record<string, string | number | undefined>>;

/** `/carts/{id}` with its parameters put in, encoded, and the query appended; undefined query values are left out. */
export function fillTemplate(
  template: string,
  params: Readonly<Record<string, string>> = {},
  query: Query = {},
): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_match, name: string) => {
    const value = params[name];
    if (value === undefined) throw new TypeError(`${template} needs the parameter ${name}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) search.set(name, String(value));
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`;
}
