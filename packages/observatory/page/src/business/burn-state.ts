import type { Business, Health } from "../../../src/api-types.ts";

export type BurnState = { readonly health: Health; readonly word: string; readonly why: string };

/** The rules' burn alerts, the gravest first. */
const STATES: readonly (BurnState & { readonly alert: string })[] = [
  {
    alert: "ErrorBudgetBurnsFast",
    health: "failing",
    word: "Burns fast",
    why: "2 % of a month's budget within an hour: somebody is called.",
  },
  {
    alert: "ErrorBudgetBurnsSlowly",
    health: "failing",
    word: "Burns slowly",
    why: "5 % of a month's budget within six hours: somebody is called.",
  },
  {
    alert: "ErrorBudgetBurnsNow",
    health: "degraded",
    word: "Burning now",
    why: "Seen over one and five minutes. It calls nobody yet.",
  },
];

/** How the checkout's error budget is being spent, in the words of the rules. */
export function burnStateOf({ alerts, checkout }: Pick<Business, "alerts" | "checkout">): BurnState {
  const firing = new Set(
    alerts.filter(({ state, labels }) => state === "firing" && isOfCheckout(labels)).map(({ name }) => name),
  );
  const burning = STATES.find(({ alert }) => firing.has(alert));
  if (burning !== undefined) return burning;
  const measured = checkout.burnRates.some(({ rate }) => rate !== null);
  return measured
    ? { health: "healthy", word: "Steady", why: "No alert on the budget." }
    : { health: "idle", word: "Not known", why: "Nobody has tried to buy yet." };
}

const isOfCheckout = (labels: Business["alerts"][number]["labels"]): boolean =>
  labels.some(([name, value]) => name === "slo" && value === "checkout");
