import { setTimeout as sleep } from "node:timers/promises";

/** Repeats an assertion until it holds; rejects with its last failure after `timeoutMs`. */
export async function eventually<T>(assertion: () => T | Promise<T>, timeoutMs = 20_000): Promise<T> {
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() >= giveUpAt) throw error;
      await sleep(50);
    }
  }
}
