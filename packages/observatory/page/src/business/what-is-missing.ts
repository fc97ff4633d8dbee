import type { Business } from "../../../src/api-types.ts";

/** A sentence on what is not measured and why, or null when everything is: a dash alone explains nothing. */
export function whatIsMissing(business: Business): string | null {
  const { targets, evaluatedAtMs, failingRules, revenue, orders } = business;
  if (targets.all === 0)
    return "Nothing is measured here: no service's metrics are scraped. The mall names them when it starts the observatory (METRICS_TARGETS).";
  if (evaluatedAtMs === null) return "Waiting for the first metrics: they are there within some ten seconds.";
  if (targets.up === 0)
    return `None of the ${targets.all} services answers with its metrics: what is shown is what was known last.`;
  if (targets.up < targets.all)
    return `Only ${targets.up} of ${targets.all} services answer with their metrics: figures may be missing.`;
  if (failingRules > 0)
    return `${failingRules} of the rules cannot be evaluated, so that figures are missing: the PromQL view says why.`;
  if (revenue.length === 0 && orders.length === 0)
    return "No order has come to an end yet: the figures begin with the first one.";
  return null;
}
