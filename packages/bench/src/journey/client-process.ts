/** The shoppers' process: gets its load as JSON in its argument, prints the results as JSON. */
import { buyFromCart, runTraffic, type VisitResult } from "@mall/loadgenerator";
import type { Load } from "./client.ts";

const { url, seconds, shoppers, rate, seed } = JSON.parse(process.argv[2] ?? "") as Load;
const visits: VisitResult[] = [];
const startedAt = Date.now();
const results = await runTraffic({
  url,
  durationMs: seconds * 1_000,
  seed,
  ...(shoppers !== undefined && { shoppers }),
  ...(rate !== undefined && { rate }),
  only: { journey: "buys a cart", visit: buyFromCart },
  onVisit: (visit) => visits.push(visit),
});
process.stdout.write(JSON.stringify({ ...results, startedAt, timeline: visits }));
