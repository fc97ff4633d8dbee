export type ExpiringMap<Value> = ReturnType<typeof createExpiringMap<Value>>;

/**
 * Values that wait for their counterpart at most `ttlMs`, and at most `capacity` of them: beyond that the oldest
 * expires early.
 */
export function createExpiringMap<Value>({
  ttlMs,
  capacity,
  onExpire,
}: {
  ttlMs: number;
  capacity: number;
  onExpire: (value: Value, early: boolean) => void;
}) {
  /** Insertion order is age, because a key is never set twice. */
  const entries = new Map<string, { readonly value: Value; readonly at: number }>();

  function expireOldest(early: boolean): void {
    const [oldest] = entries;
    if (oldest === undefined) return;
    entries.delete(oldest[0]);
    onExpire(oldest[1].value, early);
  }

  return {
    get: (key: string): Value | undefined => entries.get(key)?.value,

    add(key: string, value: Value, at: number): void {
      if (entries.has(key)) return;
      if (entries.size >= capacity) expireOldest(true);
      entries.set(key, { value, at });
    },

    delete: (key: string): boolean => entries.delete(key),

    expire(now: number): void {
      for (const { at } of entries.values()) {
        if (now - at < ttlMs) return;
        expireOldest(false);
      }
    },

    size: (): number => entries.size,
  };
}
