const firstDelayMs = 1_000;
const longestDelayMs = 5 * 60_000;
// RFC 5321, section 4.5.4.1: the give-up time needs to be at least 4 to 5 days.
const giveUpAfterMs = 5 * 24 * 60 * 60_000;

/** Milliseconds until the next attempt, doubled with each one; undefined when it is time to give up. */
export function nextDelayMs(attempts: number, ageMs: number): number | undefined {
  if (ageMs >= giveUpAfterMs) return undefined;
  return Math.min(firstDelayMs * 2 ** (attempts - 1), longestDelayMs);
}
