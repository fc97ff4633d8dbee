import { groupSamples } from "./aggregate.ts";
import { METRIC_NAME } from "./labels.ts";
import type { Sample } from "./series.ts";

/** Observations up to and including `bound`. */
type Bucket = { bound: number; count: number };

/** The quantile of each classic histogram among the samples; samples without a readable `le` say nothing. */
export function histogramQuantile(quantile: number, samples: readonly Sample[]): Sample[] {
  const buckets = samples.filter(({ labels }) => !Number.isNaN(parseBound(labels.get("le"))));
  return groupSamples(buckets, ({ labels }) => labels.without(["le", METRIC_NAME])).map((histogram) => ({
    labels: histogram.key,
    value: bucketQuantile(
      quantile,
      histogram.samples.map(({ labels, value }) => ({ bound: parseBound(labels.get("le")), count: value })),
    ),
  }));
}

function parseBound(text: string): number {
  if (/^\+?inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** Interpolates linearly within the bucket of the wanted rank, as Prometheus 2.42 does. */
function bucketQuantile(quantile: number, unordered: readonly Bucket[]): number {
  if (Number.isNaN(quantile)) return Number.NaN;
  if (quantile < 0) return Number.NEGATIVE_INFINITY;
  if (quantile > 1) return Number.POSITIVE_INFINITY;
  const buckets = cumulative(unordered.toSorted((a, b) => a.bound - b.bound));
  const top = buckets.at(-1);
  if (!top || top.bound !== Number.POSITIVE_INFINITY || buckets.length < 2 || top.count === 0)
    return Number.NaN;
  let rank = quantile * top.count;
  // A count of NaN is never reached, so that the search ends at the top, like the binary search it stands for.
  const at = buckets.findIndex(({ count }, index) => index === buckets.length - 1 || count >= rank);
  const [below, found] = [buckets[at - 1], buckets[at] ?? top];
  if (below && found === top) return below.bound;
  if (!below && found.bound <= 0) return found.bound;
  const start = below?.bound ?? 0;
  rank -= below?.count ?? 0;
  return start + (found.bound - start) * (rank / (found.count - (below?.count ?? 0)));
}

/** Buckets of one bound become one; counts never fall, though scrapes and rates may make them seem to. */
function cumulative(ordered: readonly Bucket[]): Bucket[] {
  const buckets: Bucket[] = [];
  for (const { bound, count } of ordered) {
    const last = buckets.at(-1);
    if (last?.bound === bound) last.count += count;
    else buckets.push({ bound, count });
  }
  let most = Number.NEGATIVE_INFINITY;
  for (const bucket of buckets) {
    if (bucket.count > most) most = bucket.count;
    else if (bucket.count < most) bucket.count = most;
  }
  return buckets;
}
