import { setTimeout as sleep } from "node:timers/promises";

/** One answer that somebody outside got, or did not get. `at` is performance.now(), in milliseconds. */
export interface Answer {
  who: "storefront" | "buyer";
  at: number;
  good: boolean;
}

const LOOK_EVERY_MS = 250;
const PATIENCE_MS = 3_000;
/** What has been good for so long has recovered. */
const CALM_MS = 1_500;

export type Witnesses = ReturnType<typeof createWitnesses>;

/** Remembers what shoppers saw, so that each blow's effect can be told. */
export function createWitnesses() {
  const answers: Answer[] = [];
  return {
    saw(who: Answer["who"], good: boolean): void {
      answers.push({ who, at: performance.now(), good });
    },
    between: (from: number, to: number): Answer[] => answers.filter(({ at }) => at >= from && at <= to),
    all: (): readonly Answer[] => answers,

    /** By whole seconds since `from`, in which there were any. */
    perSecond(from: number): { second: number; answers: number; failed: number }[] {
      const later = answers.filter(({ at }) => at >= from);
      const seconds = Map.groupBy(later, ({ at }) => Math.floor((at - from) / 1_000));
      return [...seconds].map(([second, of]) => ({
        second,
        answers: of.length,
        failed: of.filter(({ good }) => !good).length,
      }));
    },

    /** Milliseconds from `since` to the last bad answer before calm; null when there is none within `limitMs`. */
    async untilCalm(since: number, limitMs: number): Promise<number | null> {
      while (performance.now() - since < limitMs) {
        const lastBad = answers.findLast(({ good, at }) => !good && at >= since)?.at ?? since;
        if (performance.now() - lastBad >= CALM_MS) return lastBad - since;
        await sleep(LOOK_EVERY_MS);
      }
      return null;
    },
  };
}

/** Looks at the storefront's pages all the time, as people do who do not buy. */
export async function lookAround(
  storefront: string,
  witnesses: Witnesses,
  signal: AbortSignal,
): Promise<void> {
  const pages = ["/", "/categories/kitchen", "/products/moka-pot", "/search?q=mug"];
  for (let turn = 0; !signal.aborted; turn += 1) {
    void look(`${storefront}${pages[turn % pages.length]}`, witnesses);
    await sleep(LOOK_EVERY_MS);
  }
}

async function look(url: string, witnesses: Witnesses): Promise<void> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.arrayBuffer();
    witnesses.saw("storefront", response.ok);
  } catch {
    witnesses.saw("storefront", false);
  }
}
