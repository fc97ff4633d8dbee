import { createServer } from "node:net";
import { once } from "node:events";
import { startBenchMall } from "../journey/bench-mall.ts";
import { type ClientResults, runClient } from "../journey/client.ts";
import { placeProcesses } from "../measure/processors.ts";
import { type Balancer, startBalancer } from "./balancer.ts";
import { startFailingCart } from "./failing-cart.ts";
import { meshSettings } from "./outlier-detection.ts";

export interface BreakerPlan {
  /** Of each of the two conditions. */
  seconds: number;
  shoppers: number;
  stateDir: string;
  onProgress: (line: string) => void;
}

export interface BreakerResults {
  placement: string;
  seconds: number;
  conditions: { ejection: boolean; counts: Balancer["counts"]; client: ClientResults }[];
}

const WARM_UP_SECONDS = 5;

/** Two carts of which one fails half of its answers, without and with ejection. @throws {Error} when the mall cannot be started */
export async function benchBreaker(plan: BreakerPlan): Promise<BreakerResults> {
  const { seconds, shoppers, stateDir, onProgress } = plan;
  const placement = placeProcesses();
  placement.enterMall();
  const balancer = await startBalancer();
  const good: URL[] = [];
  const { mall, storefront: url } = await startBenchMall(stateDir, placement, "100%", {
    reachedAt(name, address) {
      if (name !== "cart") return address;
      good.push(new URL(address));
      balancer.leadTo(good);
      return `http://127.0.0.1:${balancer.port}`;
    },
  });
  const stop: (() => Promise<void>)[] = [() => mall.stop()];
  try {
    const bad = await startFailingCart(mall, stateDir, await freePort());
    stop.unshift(bad.stop);
    await runClient({ url, seconds: WARM_UP_SECONDS, shoppers, seed: 2 }, placement);
    balancer.leadTo([...good, bad.url]);
    const conditions: BreakerResults["conditions"] = [];
    for (const ejection of [false, true]) {
      onProgress(`${ejection ? "with" : "without"} ejection, ${seconds} s`);
      balancer.begin(ejection ? meshSettings : undefined);
      const client = await runClient({ url, seconds, shoppers, seed: 1 }, placement);
      conditions.push({ ejection, counts: balancer.counts, client });
    }
    return { placement: placement.description, seconds, conditions };
  } finally {
    for (const each of stop) await each();
    balancer.close();
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address ? address.port : 0;
}
