import { annotate, inSpan, type Logger, type ServiceParts, Unavailable, withDeadline } from "@mall/kit";
import { type CatalogueIndex, indexCatalogue } from "./catalogue-index.ts";
import type { ProductClient } from "./product-client.ts";

interface Dependencies {
  products: ProductClient;
  everyMs: number;
  logger: Logger;
}

interface IndexRefresh extends Required<Pick<ServiceParts, "ready" | "start" | "stop">> {
  /** The latest index. Throws `Unavailable` before the first one. */
  current(): CatalogueIndex;
}

/** Until there is an index, product is asked again so soon: when the mall starts, both come up together. */
const firstLoadEveryMs = 300;
const longestMs = 2_000;

/** Keeps the index like the catalogue, in the background. While product is down, the last index stays. */
export function createIndexRefresh({ products, everyMs, logger }: Dependencies): IndexRefresh {
  let index: CatalogueIndex | undefined;
  let failing = false;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();

  async function refresh(): Promise<void> {
    const catalogue = await withDeadline(longestMs, () => products.catalogue());
    annotate({ "mall.product.count": catalogue.length });
    index = indexCatalogue(catalogue, index);
    if (failing) logger.info("the catalogue can be read again");
    failing = false;
  }

  // No request asks for this, so it is a trace of its own; and a round that fails is told once, not every time.
  async function refreshTraced(): Promise<void> {
    try {
      await inSpan("refresh index", { root: true }, refresh);
    } catch (error) {
      if (!failing) logger.warn({ err: error }, "the catalogue cannot be read; the last index stays");
      failing = true;
    }
  }

  async function refreshAgainAndAgain(): Promise<void> {
    await refreshTraced();
    if (stopping) return;
    const waitMs = index ? everyMs : Math.min(firstLoadEveryMs, everyMs);
    timer = setTimeout(() => {
      round = refreshAgainAndAgain();
    }, waitMs);
  }

  return {
    current() {
      if (index) return index;
      throw new Unavailable("The catalogue is still being read. Try again in a second.");
    },
    async ready() {
      if (!index) throw new Error("the catalogue has not been read yet");
    },
    async start() {
      round = refreshAgainAndAgain();
    },
    async stop() {
      stopping = true;
      clearTimeout(timer);
      await round;
    },
  };
}
