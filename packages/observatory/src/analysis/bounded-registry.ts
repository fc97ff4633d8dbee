/** The name under which everything beyond the limit is counted together. */
export const OTHER = "(other)";

/**
 * Values by name, at most `limit` of them: names come from outside, and a sender that invents a new one for every
 * request must not fill the memory.
 */
export function createBoundedRegistry<Value>({ limit, make }: { limit: number; make: () => Value }) {
  const values = new Map<string, Value>();

  return {
    get(name: string): Value {
      const key = values.has(name) || values.size < limit ? name : OTHER;
      const known = values.get(key);
      if (known !== undefined) return known;
      const made = make();
      values.set(key, made);
      return made;
    },

    find: (name: string): Value | undefined => values.get(name),

    has: (name: string): boolean => values.has(name),

    delete: (name: string): boolean => values.delete(name),

    entries: (): [string, Value][] => [...values].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
}
