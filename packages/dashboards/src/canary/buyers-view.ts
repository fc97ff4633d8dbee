import { PercentUnit } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { below } from "../panels/panel.ts";
import { burnsFast, here } from "../scope.ts";

export const buyersView: Row = {
  title: "Meanwhile, the buyers",
  panels: [
    chart({
      title: "Checkout success and its objective",
      description: "A bad version of any service must show here, even one whose own answers are all 200.",
      unit: PercentUnit,
      max: 1,
      queries: [
        { expr: `mall:checkout_success:ratio_rate5m{${here}}`, legend: "success" },
        { expr: `max(slo:objective:ratio{slo="checkout"})`, legend: "objective" },
      ],
      width: 12,
    }),
    chart({
      title: "Burn rate of checkout",
      description: "Over one and over five minutes: the first to move.",
      unit: "suffix:×",
      thresholds: below(1, burnsFast),
      queries: ["1m", "5m"].map((window) => ({
        expr: `slo:burn_rate:rate${window}{${here}, slo="checkout"}`,
        legend: window,
      })),
      width: 12,
    }),
  ],
};
