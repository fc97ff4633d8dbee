const firstMs = 200;
const longestMs = 5_000;
const healthyAfterMs = 10_000;

/** How long to wait before the next restart: doubled each time, from the beginning once a life was long enough. */
export function createBackoff(): (livedMs: number) => number {
  let nextMs = firstMs;
  return (livedMs) => {
    if (livedMs >= healthyAfterMs) nextMs = firstMs;
    const delayMs = nextMs;
    nextMs = Math.min(nextMs * 2, longestMs);
    return delayMs;
  };
}
