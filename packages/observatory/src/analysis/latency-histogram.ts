/** Each bucket is 2^(1/8) = 1.09 times the one below, so a percentile is off by less than that. */
const BUCKETS_PER_OCTAVE = 8;
/** 2^14 ns = 16 µs; everything faster is in the first bucket. */
const LOWEST_OCTAVE = 14;
/** 2^37 ns = 137 s; everything slower is in the last bucket. */
const HIGHEST_OCTAVE = 37;

export const BUCKET_COUNT = (HIGHEST_OCTAVE - LOWEST_OCTAVE) * BUCKETS_PER_OCTAVE + 1;

export type LatencyHistogram = Uint32Array;

export const newHistogram = (): LatencyHistogram => new Uint32Array(BUCKET_COUNT);

/** Bucket `n` holds durations in (upperBound(n - 1), upperBound(n)]. */
export function bucketOf(durationNs: number): number {
  if (durationNs <= 2 ** LOWEST_OCTAVE) return 0;
  const bucket = Math.ceil((Math.log2(durationNs) - LOWEST_OCTAVE) * BUCKETS_PER_OCTAVE);
  return Math.min(bucket, BUCKET_COUNT - 1);
}

export const bucketUpperBoundNs = (bucket: number): number =>
  2 ** (LOWEST_OCTAVE + bucket / BUCKETS_PER_OCTAVE);

export function addToBucket(histogram: LatencyHistogram, bucket: number, count: number): void {
  histogram[bucket] = (histogram[bucket] ?? 0) + count;
}

export function addHistogram(into: LatencyHistogram, from: LatencyHistogram): void {
  for (const [bucket, count] of from.entries()) addToBucket(into, bucket, count);
}

/** Nanoseconds below which the share `q` of the counted durations lies, or null when nothing was counted. */
export function quantileNs(histogram: LatencyHistogram, q: number): number | null {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;

  const rank = q * total;
  let below = 0;
  for (const [bucket, count] of histogram.entries()) {
    if (count > 0 && below + count >= rank) {
      const share = Math.max(0, rank - below) / count;
      return bucketUpperBoundNs(bucket - 1 + share);
    }
    below += count;
  }
  return bucketUpperBoundNs(BUCKET_COUNT - 1);
}
