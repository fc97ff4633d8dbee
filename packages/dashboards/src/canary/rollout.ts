import { NoUnit } from "@grafana/grafana-foundation-sdk/units";
import type { Row } from "../dashboard.ts";
import { chart } from "../panels/chart.ts";
import { timeline } from "../panels/timeline.ts";
import { chosenServices, here } from "../scope.ts";

// The controller names a Rollout and its AnalysisRuns after the service.
const itself = `${here}, name="$service"`;
const itsRuns = `${here}, name=~"$service-.+"`;

export const rollout: Row = {
  title: "The rollout",
  panels: [
    timeline({
      title: "Phase of the Rollout",
      description:
        "Paused is a step that waits, for its time or for a person. Abort: all traffic is back at stable.",
      unit: NoUnit,
      queries: [{ expr: `max by (phase) (rollout_info{${itself}})`, legend: "{{phase}}" }],
      width: 8,
    }),
    timeline({
      title: "What the analysis says",
      description:
        "Each metric of the running and of recent AnalysisRuns, by its phase. One that failed puts all traffic back.",
      unit: NoUnit,
      queries: [
        {
          expr: `max by (metric, phase) (analysis_run_metric_phase{${itsRuns}, dry_run="false"}) == 1`,
          legend: "{{metric}}: {{phase}}",
        },
      ],
      width: 8,
    }),
    timeline({
      title: "AnalysisRuns",
      description:
        "By run and phase. Error: the metrics could not be had. Inconclusive: a person has to decide.",
      unit: NoUnit,
      queries: [
        { expr: `max by (name, phase) (analysis_run_info{${itsRuns}})`, legend: "{{name}}: {{phase}}" },
      ],
      width: 8,
    }),
    chart({
      title: "Pods",
      description: "Of the Rollout: wanted, of the newest version, and not yet or no more available.",
      unit: NoUnit,
      queries: [
        { expr: `max(rollout_info_replicas_desired{${itself}})`, legend: "desired" },
        { expr: `max(rollout_info_replicas_updated{${itself}})`, legend: "updated" },
        { expr: `max(rollout_info_replicas_unavailable{${itself}})`, legend: "unavailable" },
      ],
      width: 12,
    }),
    chart({
      title: "Pods by version",
      description: "That are up and scraped. The hash is what the analysis selects a version by.",
      unit: NoUnit,
      stacked: true,
      queries: [
        {
          expr: `count by (version, rollouts_pod_template_hash) (up{${chosenServices}} == 1)`,
          legend: "{{version}} ({{rollouts_pod_template_hash}})",
        },
      ],
      width: 12,
    }),
  ],
};
