import { NoUnit, PercentUnit } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { bigNumber } from "../panels/number.ts";
import { below, from } from "../panels/panel.ts";
import { burnsFast, here } from "../scope.ts";
import { orderLinks as links } from "./order-traces.ts";

export const now: Row = {
  title: "Now",
  panels: [
    bigNumber({
      title: "Checkout success",
      description: "Of the attempts to place an order in five minutes, the share that the mall did not fail.",
      unit: PercentUnit,
      decimals: 2,
      named: true,
      queries: [
        { expr: `mall:checkout_success:ratio_rate5m{${here}}`, legend: "success" },
        { expr: `max(slo:objective:ratio{slo="checkout"})`, legend: "objective" },
      ],
      width: 4,
      links,
    }),
    bigNumber({
      title: "Error budget left",
      description: "Of what may fail in 30 days. Below zero, more has failed than was allowed.",
      unit: PercentUnit,
      decimals: 1,
      thresholds: from({ red: null, orange: 0, green: 0.25 }),
      queries: [{ expr: `slo:error_budget_left:ratio{${here}, slo="checkout"}`, legend: "left" }],
      width: 4,
      links,
    }),
    bigNumber({
      title: "Burn rate",
      description: `How many times faster than allowed the last hour spent the budget. At ${burnsFast} somebody is called.`,
      unit: "suffix:×",
      decimals: 1,
      thresholds: below(1, burnsFast),
      queries: [{ expr: `slo:burn_rate:rate1h{${here}, slo="checkout"}`, legend: "burn rate" }],
      width: 4,
      links,
    }),
    bigNumber({
      title: "Orders confirmed",
      description: "Per minute, over the last two.",
      unit: "suffix: /min",
      decimals: 1,
      queries: [{ expr: `mall:orders:per_minute{${here}, state="confirmed"}`, legend: "orders" }],
      width: 4,
      links,
    }),
    bigNumber({
      title: "Products sold",
      description: "Units in confirmed orders, per minute, over the last two.",
      unit: "suffix: /min",
      decimals: 1,
      queries: [{ expr: `mall:products_sold:per_minute{${here}}`, legend: "products" }],
      width: 4,
      links,
    }),
    bigNumber({
      title: "Alerts firing",
      description: "In this environment, of any severity.",
      unit: NoUnit,
      thresholds: from({ green: null, red: 1 }),
      none: "0",
      queries: [{ expr: `count(ALERTS{${here}, alertstate="firing"})`, legend: "alerts" }],
      width: 4,
    }),
  ],
};
