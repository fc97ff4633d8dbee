const retryAfterMs = 1_000;

/**
 * Remembers what `load` answered for `forMs`, and longer while `load` fails: for what changes seldom and may be a
 * little old. Callers at the same moment share one load. Rejects only when there has never been an answer.
 */
export function cached<T>(load: () => Promise<T>, forMs: number): () => Promise<T> {
  let known: { value: T } | undefined;
  let freshUntil = 0;
  let loading: Promise<T> | undefined;

  async function reload(): Promise<T> {
    try {
      const value = await load();
      known = { value };
      freshUntil = performance.now() + forMs;
      return value;
    } catch (error) {
      if (!known) throw error;
      freshUntil = performance.now() + retryAfterMs;
      return known.value;
    } finally {
      loading = undefined;
    }
  }

  return async () => {
    if (known && performance.now() < freshUntil) return known.value;
    loading ??= reload();
    return loading;
  };
}
