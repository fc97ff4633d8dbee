interface RateLimitOptions {
  /** Requests at once, after a pause. */
  burst: number;
  perSecond: number;
}

export interface RateLimit {
  /** Whether the key may have one more request now. */
  take(key: string): boolean;
}

// A stranger may have as many keys as they like; the bucket that was begun first is forgotten first.
const mostKeys = 10_000;

/** A token bucket for each key. */
export function createRateLimit({ burst, perSecond }: RateLimitOptions): RateLimit {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const forgetFirst = (): void => {
    const [first] = buckets.keys();
    if (first !== undefined) buckets.delete(first);
  };

  return {
    take(key) {
      const now = performance.now();
      const bucket = buckets.get(key) ?? { tokens: burst, at: now };
      bucket.tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
      bucket.at = now;
      if (!buckets.has(key) && buckets.size >= mostKeys) forgetFirst();
      buckets.set(key, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens--;
      return true;
    },
  };
}
