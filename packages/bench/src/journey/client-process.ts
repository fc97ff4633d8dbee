/** The shoppers' process: gets its load as JSON in its argument, prints the results as JSON. */
import { buyFromCart, runTraffic } from "@mall/loadgenerator";
import type { Load } from "./client.ts";

const { url, seconds, shoppers, rate, seed } = JSON.parse(process.argv[2] ?? "") as Load;
const results = await runTraffic({
  url,
  durationMs: seconds * 1_000,
  seed,
  ...(shoppers !== undefined && { shoppers }),
  ...(rate !== undefined && { rate }),
  only: { journey: "buys a cart", visit: buyFromCart },
});
process.stdout.write(JSON.stringify(results));
