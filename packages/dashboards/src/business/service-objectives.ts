import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { below, type PanelBuilder } from "../panels/panel.ts";
import { burnsFast, chosenServices } from "../scope.ts";
import { traceLink } from "../trace-link.ts";

const burnRate = (slo: string, title: string, description: string): PanelBuilder =>
  chart({
    title,
    description: `${description} Over five minutes, by service.`,
    unit: "suffix:×",
    thresholds: below(1, burnsFast),
    queries: [{ expr: `slo:burn_rate:rate5m{${chosenServices}, slo="${slo}"}`, legend: "{{service}}" }],
    width: 12,
    links: [traceLink("Its traces", { service: "${__field.labels.service}" })],
  });

export const serviceObjectives: Row = {
  title: "The promises of the services",
  panels: [
    burnRate("availability", "Burn rate of availability", "A request that is answered 5xx burns it."),
    burnRate("latency", "Burn rate of latency", "A request that takes more than half a second burns it."),
  ],
};
