interface Remembered<T> {
  value: T;
  until: number;
}

/** So many things are remembered at most; what was learnt first is forgotten first. */
const mostRemembered = 10_000;

/**
 * Remembers for `forMs` what was answered about each key, and asks only about those that it does not know: for what
 * changes with a release or once a day. What there was no answer about is asked again each time.
 */
export function rememberEach<T>(
  ask: (keys: readonly string[]) => Promise<ReadonlyMap<string, T>>,
  forMs: number,
  now: () => number = () => performance.now(),
): (keys: readonly string[]) => Promise<ReadonlyMap<string, T>> {
  const known = new Map<string, Remembered<T>>();

  return async (keys) => {
    const at = now();
    const found = new Map<string, T>();
    const unknown: string[] = [];
    for (const key of new Set(keys)) {
      const remembered = known.get(key);
      if (remembered && at < remembered.until) found.set(key, remembered.value);
      else unknown.push(key);
    }
    if (unknown.length === 0) return found;
    for (const [key, value] of await ask(unknown)) {
      found.set(key, value);
      known.delete(key); // so that it counts as learnt now
      known.set(key, { value, until: now() + forMs });
    }
    for (const key of known.keys()) {
      if (known.size <= mostRemembered) break;
      known.delete(key);
    }
    return found;
  };
}
