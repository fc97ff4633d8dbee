import { PercentUnit } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { below } from "../panels/panel.ts";
import { burnsFast, burnsSlowly, here } from "../scope.ts";
import { orderLinks as links, ordersAsPoints } from "./order-traces.ts";

export const checkoutObjective: Row = {
  title: "The promise: a checkout succeeds",
  panels: [
    chart({
      title: "Checkout success and its objective",
      description: "Refusing a bad card is the mall working: only what the mall failed counts against it.",
      unit: PercentUnit,
      max: 1,
      queries: [
        { expr: `mall:checkout_success:ratio_rate5m{${here}}`, legend: "success" },
        { expr: `max(slo:objective:ratio{slo="checkout"})`, legend: "objective" },
        ordersAsPoints,
      ],
      width: 12,
      links,
    }),
    chart({
      title: "Attempts to place an order",
      description: "Accepted, refused (the buyer's side) and failed (the mall's side).",
      unit: "suffix: /min",
      stacked: true,
      queries: [{ expr: `mall:checkouts:per_minute{${here}}`, legend: "{{outcome}}" }, ordersAsPoints],
      width: 12,
      links,
    }),
    chart({
      title: "Burn rates",
      description: `Somebody is called when 1 h and 5 min burn above ${burnsFast}, or 6 h and 30 min above ${burnsSlowly}.`,
      unit: "suffix:×",
      thresholds: below(burnsSlowly, burnsFast),
      queries: [
        ...["1m", "5m", "30m", "1h", "6h"].map((window) => ({
          expr: `slo:burn_rate:rate${window}{${here}, slo="checkout"}`,
          legend: window,
        })),
        ordersAsPoints,
      ],
      width: 12,
      links,
    }),
    chart({
      title: "Error budget left",
      description: "Of 30 days. A cliff is an incident, a slope is a fault that nobody has mended.",
      unit: PercentUnit,
      max: 1,
      belowZero: true,
      queries: [
        { expr: `slo:error_budget_left:ratio{${here}, slo="checkout"}`, legend: "left" },
        ordersAsPoints,
      ],
      width: 12,
      links,
    }),
  ],
};
