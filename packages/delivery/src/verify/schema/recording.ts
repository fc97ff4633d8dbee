/** What a validator looked at in one object or list. */
export interface Inspection {
  /** Dotted, from the root: `spec.containers[0]`; "" is the root itself. */
  readonly path: string;
  readonly value: object;
  /** Names that it asked for, whether they are there or not. */
  readonly asked: ReadonlySet<string>;
  /** It went through all keys: a map with keys of the author's choice, or a list. */
  readonly enumerated: boolean;
}

/**
 * A view of a value that remembers what is read through it. A compiled validator asks for every field that its schema
 * knows, so a field that is there and was never asked for is unknown to the schema.
 */
export function recording<T extends object>(root: T): { view: T; inspections: Inspection[] } {
  const inspections: Inspection[] = [];

  function watch(value: object, path: string): object {
    const asked = new Set<string>();
    const inspection = { path, value, asked, enumerated: false };
    inspections.push(inspection);
    const views = new Map<string, object>();
    return new Proxy(value, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof key === "symbol") return member;
        asked.add(key);
        if (typeof member !== "object" || member === null) return member;
        const view = views.get(key) ?? watch(member, child(path, key, Array.isArray(target)));
        views.set(key, view);
        return view;
      },
      ownKeys(target) {
        inspection.enumerated = true;
        return Reflect.ownKeys(target);
      },
    });
  }

  return { view: watch(root, "") as T, inspections };
}

export function child(path: string, key: string, isList: boolean): string {
  if (isList) return `${path}[${key}]`;
  // A label's name has dots of its own.
  if (/[^\w-]/.test(key)) return `${path}["${key}"]`;
  return path ? `${path}.${key}` : key;
}
