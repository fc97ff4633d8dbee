/** Gives back one shared copy of a string that was seen before. */
export type StringPool = (text: string) => string;

/** SQL texts and routes are shorter; what is longer is rarely said twice. */
const LONGEST_SHARED = 256;

/**
 * Telemetry repeats itself: the same keys, routes and statements in every span. Sharing them halves the store's
 * memory. The pool forgets everything when it is full, so unique values (ids) cannot make it grow.
 */
export function createStringPool({ capacity = 20_000 }: { capacity?: number } = {}): StringPool {
  let pool = new Map<string, string>();
  return (text) => {
    if (text.length > LONGEST_SHARED) return text;
    const known = pool.get(text);
    if (known !== undefined) return known;
    if (pool.size >= capacity) pool = new Map();
    pool.set(text, text);
    return text;
  };
}
