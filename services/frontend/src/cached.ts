import { remainingMs } from "@mall/kit";

const retryAfterMs = 1_000;
// What is known and a little old is worth more to a page than what is new and late.
const patienceMs = 250;

/**
 * Remembers what `load` answered for `forMs`, and longer while `load` fails or is slow: for what changes seldom and may
 * be a little old. Callers at the same moment share one load. Rejects only when there has never been an answer.
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
    return known ? soonOr(known.value, loading) : loading;
  };
}

async function soonOr<T>(otherwise: T, loading: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), Math.min(patienceMs, Math.max(0, remainingMs())));
  });
  try {
    return await Promise.race([loading, patience]);
  } finally {
    clearTimeout(timer);
  }
}
