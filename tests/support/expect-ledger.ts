import { expect } from "@jest/globals";
import { eventually } from "@mall/kit/testing";
import { type Readable, readBooks } from "./books.ts";
import { discrepancies, type LedgerTerms, unsettled } from "./ledger.ts";

/** In which unfinished orders must reach their end and events their consumers. */
const settleMs = 30_000;

/** Waits until the mall has settled and then compares what its services have on their books. */
export async function expectLedgerToBalance(mall: Readable, terms: LedgerTerms): Promise<void> {
  await eventually(async () => expect(unsettled(await readBooks(mall))).toEqual([]), settleMs);
  expect(discrepancies(await readBooks(mall), terms)).toEqual([]);
}
