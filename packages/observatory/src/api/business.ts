import type { AlertView } from "./metrics.ts";

/** What the mall sells and how well, as the rules last recorded it. Null is "nothing measured", never "none". */
export type Business = {
  /** Null until the rules have been evaluated for the first time. */
  readonly evaluatedAtMs: number | null;
  readonly targets: { readonly up: number; readonly all: number };
  /** Rules that could not be evaluated last: what they record is missing. */
  readonly failingRules: number;
  /** By currency; amounts are in the currency's minor unit. */
  readonly revenue: readonly CurrencyFigures[];
  /** Confirmed before cancelled ones. */
  readonly orders: readonly { readonly state: string; readonly perMinute: number | null }[];
  readonly checkout: CheckoutObjective;
  /** Of all services, firing ones first. */
  readonly alerts: readonly AlertView[];
};

export type CurrencyFigures = {
  /** ISO 4217 */
  readonly currency: string;
  readonly minorUnitsPerMinute: number | null;
  readonly averageOrderMinorUnits: number | null;
};

/** Shares between 0 and 1; the budget left may be negative. */
export type CheckoutObjective = {
  readonly objective: number | null;
  /** Over five minutes. */
  readonly success: number | null;
  readonly budgetLeft: number | null;
  /** Shortest window first. 1 spends exactly the budget in its period. */
  readonly burnRates: readonly { readonly window: string; readonly rate: number | null }[];
};
