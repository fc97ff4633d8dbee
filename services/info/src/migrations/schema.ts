import type { ColumnType, Generated } from "kysely";

/** Ids of the events that have been counted. A reset keeps them, or a late delivery would be counted again. */
export interface CountedEventTable {
  event_id: string;
  counted_at: Generated<Date>;
}

export interface CurrencyTotalsTable {
  currency: string;
  confirmed: number;
  cancelled: number;
  products_sold: number;
  revenue: number;
}

/** Always exactly one row. */
export interface PeriodTable {
  since: ColumnType<Date, never, Date>;
}

export interface InfoSchema {
  counted_events: CountedEventTable;
  currency_totals: CurrencyTotalsTable;
  period: PeriodTable;
}
