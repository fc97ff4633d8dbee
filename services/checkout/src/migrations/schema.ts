import type { ColumnType, Generated, JSONColumnType } from "kysely";
import type { Buyer, Failure, OrderLine, OrderState, Rate, StepName, StepRecord } from "../order.ts";

export interface OrderTable {
  id: string;
  idempotency_key: string;
  session_id: string;
  state: OrderState;
  buyer: JSONColumnType<Buyer>;
  lines: JSONColumnType<OrderLine[]>;
  rates: JSONColumnType<Rate[]>;
  currency: string;
  subtotal: number;
  shipping: number;
  total: number;
  tracking_code: string | null;
  failure: ColumnType<Failure | null, string | null, string | null>;
  undo_from: StepName | null;
  steps: ColumnType<StepRecord[], string | undefined, string>;
  attempts: Generated<number>;
  /** The run that works on the order now; another run's writes are refused. */
  run_id: string;
  /** When the order may be taken up by a new run: the end of the current run's lease, or the time of the next try. */
  due_at: Date;
  traceparent: string | null;
  baggage: string | null;
  created_at: Generated<Date>;
}

export interface IdempotencyKeyTable {
  key: string;
  request_hash: string;
  claimed_at: ColumnType<Date, never, Date>;
  status: number | null;
  content_type: string | null;
  /** The first answer's exact text. */
  body: string | null;
}

export interface CheckoutSchema {
  orders: OrderTable;
  idempotency_keys: IdempotencyKeyTable;
}
