import { NoUnit } from "@grafana/grafana-foundation-sdk/units";
import { currencyUnits, inWholeUnits } from "../currencies.ts";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { here } from "../scope.ts";
import { orderLinks as links, ordersAsPoints } from "./order-traces.ts";

export const sales: Row = {
  title: "Sales",
  panels: [
    chart({
      title: "Revenue per minute",
      description: "Totals of confirmed orders, each currency in its own unit, on one logarithmic axis.",
      unit: "suffix: /min",
      units: currencyUnits("/min"),
      logarithmic: true,
      queries: [
        ...inWholeUnits((currency) => `mall:revenue_minor_units:per_minute{${here}, ${currency}}`),
        ordersAsPoints,
      ],
      width: 12,
      links,
    }),
    chart({
      title: "Orders by how they ended",
      description:
        "A cancelled order was undone: released, refunded, recalled. Many of them mean that a step after the reservation fails.",
      unit: "suffix: /min",
      stacked: true,
      queries: [{ expr: `mall:orders:per_minute{${here}}`, legend: "{{state}}" }, ordersAsPoints],
      width: 12,
      links,
    }),
    chart({
      title: "Average order value",
      description: "Mean total of all orders confirmed so far, each currency in its own unit.",
      unit: NoUnit,
      units: currencyUnits(),
      logarithmic: true,
      queries: [
        ...inWholeUnits((currency) => `mall:average_order_value_minor_units:max{${here}, ${currency}}`),
        ordersAsPoints,
      ],
      width: 12,
      links,
    }),
    chart({
      title: "Products sold",
      description: "Units in confirmed orders.",
      unit: "suffix: /min",
      queries: [{ expr: `mall:products_sold:per_minute{${here}}`, legend: "products" }, ordersAsPoints],
      width: 12,
      links,
    }),
  ],
};
