import { setTimeout as sleep } from "node:timers/promises";
import { eventually } from "@mall/kit/testing";
import { readBooks } from "../support/books.ts";
import { discrepancies, readOpeningStock, unsettled } from "../support/ledger.ts";
import { type Bought, buyUntilEnough } from "./buyers.ts";
import { type Blow, describeBlow, drawPlan, inSeconds } from "./plan.ts";
import { strike } from "./strike.ts";
import { startWiredMall, targetsOf, type WiredMall } from "./wired-mall.ts";
import { type Answer, createWitnesses, lookAround, type Witnesses } from "./witnesses.ts";

export interface ChaosTerms {
  orders: number;
  seed: number;
  buyers: number;
  /** Only the first so many blows of the plan; all of them when it is missing. */
  blows?: number;
  /** A service's program to run in place of its own, by service. */
  programs: Readonly<Record<string, string>>;
  onProgress: (line: string) => void;
}

/** What people saw of one blow. */
export interface BlowReport {
  blow: Blow;
  /** Milliseconds since the plan's begin. */
  startedAtMs: number;
  answers: number;
  failed: number;
  /** Milliseconds from the blow's end until everything was answered again; null when that took too long. */
  recoveredAfterMs: number | null;
}

export interface ChaosReport {
  seed: number;
  blows: BlowReport[];
  placed: number;
  acknowledged: number;
  confirmed: number;
  cancelled: number;
  /** Every difference between the books, and every promise that was not kept; none when all is well. */
  findings: string[];
  answers: { who: Answer["who"]; answers: number; failed: number }[];
  /** Since the plan's begin. */
  timeline: { second: number; answers: number; failed: number }[];
  seconds: number;
}

const PLENTY = 1_000_000;
const RECOVERY_LIMIT_MS = 40_000;
const SETTLE_MS = 90_000;

/** Strikes the mall while people buy, and reads the books afterwards. @throws {Error} when it cannot be started */
export async function runChaos(terms: ChaosTerms): Promise<ChaosReport> {
  const begunAt = performance.now();
  const mall = await startWiredMall(terms.programs);
  const witnesses = createWitnesses();
  const closing = new AbortController();
  try {
    const products = await fillShelves(mall);
    const openingStock = await readOpeningStock(mall);
    const looking = lookAround(mall.url("frontend"), witnesses, closing.signal);
    let planIsThrough = false;
    const buying = buyUntilEnough(mall, { ...terms, products, witnesses, mayStop: () => planIsThrough });
    buying.catch(() => {}); // awaited below
    const plannedAt = performance.now();
    const blows = await strikeAll(mall, witnesses, terms);
    planIsThrough = true;
    const bought = await buying;
    closing.abort();
    await looking;
    const findings = await audit(mall, openingStock, bought);
    const { orders } = await readBooks(mall);
    return {
      seed: terms.seed,
      blows,
      placed: bought.placed,
      acknowledged: new Set(bought.acknowledged).size,
      confirmed: orders.filter(({ state }) => state === "confirmed").length,
      cancelled: orders.filter(({ state }) => state === "cancelled").length,
      findings,
      answers: (["storefront", "buyer"] as const).map((who) => count(who, witnesses.all())),
      timeline: witnesses.perSecond(plannedAt),
      seconds: (performance.now() - begunAt) / 1_000,
    };
  } finally {
    closing.abort();
    await mall.stop();
  }
}

async function fillShelves({ query }: WiredMall): Promise<string[]> {
  const filled = await query<{ id: string }>(
    "product",
    `update products set available = ${PLENTY} where position < 12 returning id`,
  );
  return filled.map(({ id }) => id);
}

async function strikeAll(mall: WiredMall, witnesses: Witnesses, terms: ChaosTerms): Promise<BlowReport[]> {
  const begunAt = performance.now();
  const plan = drawPlan(terms.seed, targetsOf(mall)).slice(0, terms.blows);
  const reports: BlowReport[] = [];
  for (const [at, blow] of plan.entries()) {
    await sleep(blow.pauseMs);
    const startedAt = performance.now();
    await strike(mall, blow);
    const endedAt = performance.now();
    const recoveredAfterMs = await witnesses.untilCalm(endedAt, RECOVERY_LIMIT_MS);
    const seen = witnesses.between(startedAt, endedAt + (recoveredAfterMs ?? RECOVERY_LIMIT_MS));
    const failed = seen.filter(({ good }) => !good).length;
    reports.push({ blow, startedAtMs: startedAt - begunAt, answers: seen.length, failed, recoveredAfterMs });
    const recovery =
      recoveredAfterMs === null ? "NOT RECOVERED" : `well after ${inSeconds(recoveredAfterMs)}`;
    terms.onProgress(
      `${at + 1}/${plan.length} ${describeBlow(blow)}: ${failed} of ${seen.length} failed, ${recovery}`,
    );
  }
  return reports;
}

/** Compares the books once everything has come to rest, and the books with what buyers were told. */
async function audit(
  mall: WiredMall,
  openingStock: ReadonlyMap<string, number>,
  { acknowledged, unanswered }: Bought,
): Promise<string[]> {
  const open = await atRest(mall);
  const books = await readBooks(mall);
  const orderedTwice = await mall.query<{ email: string; orders: number }>(
    "checkout",
    `select buyer->>'email' as email, count(*)::int as orders from orders group by 1 having count(*) > 1`,
  );
  return [
    ...open,
    ...discrepancies(books, { openingStock, acknowledged }),
    ...orderedTwice.map(({ email, orders }) => `${email} ordered once and has ${orders} orders`),
    ...unanswered.map((key) => `the order with key ${key} was never answered`),
  ];
}

async function atRest(mall: WiredMall): Promise<string[]> {
  let open: string[] = [];
  const look = async (): Promise<void> => {
    open = unsettled(await readBooks(mall));
    if (open.length > 0) throw new Error("not at rest yet");
  };
  await eventually(look, SETTLE_MS).catch(() => undefined);
  return open;
}

function count(who: Answer["who"], answers: readonly Answer[]) {
  const of = answers.filter((answer) => answer.who === who);
  return { who, answers: of.length, failed: of.filter(({ good }) => !good).length };
}
