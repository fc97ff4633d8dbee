import { remainingMs } from "@mall/kit";

/**
 * How a part is asked for that a page can do without: once, and briefly. A retry would cost the page more than the
 * part is worth.
 */
export const optionalCall = { timeoutMs: 400, idempotent: false } as const;

// A little longer than such a call, so that it is the call that ends and its span that says why.
const usualPatienceMs = 500;
// What a page needs to be put together from what has come.
const assemblyMs = 50;

/** The part, or undefined when whoever makes it fails or takes too long: the page then says that it is missing. */
export async function optional<T>(
  part: Promise<T>,
  patienceMs: number = usualPatienceMs,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<undefined>((resolve) => {
    timer = setTimeout(
      () => resolve(undefined),
      Math.min(patienceMs, Math.max(0, remainingMs() - assemblyMs)),
    );
  });
  try {
    return await Promise.race([part, patience]);
  } catch {
    // The client has counted the failure, and the trace shows it.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
