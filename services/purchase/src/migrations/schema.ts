import type { Generated } from "kysely";
import type { ChargeState, RefusalCode } from "../charge.ts";

export interface ChargeTable {
  order_id: string;
  state: ChargeState;
  card_id: string | null;
  /** Minor units. */
  amount: number | null;
  currency: string | null;
  refusal: RefusalCode | null;
  created_at: Generated<Date>;
}

/** The simulated acquirer's; never in one transaction with `charges`. */
export interface AcquirerLedgerTable {
  reference: string;
  /** Null, like the amount, in a row that only says that the reference was reversed. */
  card_id: string | null;
  amount: number | null;
  currency: string | null;
  captured_at: Date | null;
  reversed_at: Date | null;
}

export interface PurchaseSchema {
  charges: ChargeTable;
  acquirer_ledger: AcquirerLedgerTable;
}
