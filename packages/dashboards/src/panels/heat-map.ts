import { TooltipDisplayMode } from "@grafana/grafana-foundation-sdk/common";
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  HeatmapTooltipBuilder,
  PanelBuilder as Heatmap,
  YAxisConfigBuilder,
} from "@grafana/grafana-foundation-sdk/heatmap";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { metricSource, overTime } from "../query.ts";
import type { PanelBuilder, PanelOptions } from "./panel.ts";

/** A histogram's buckets over time: the expression gives one series per `le`. Points on it are traces. */
export function heatMap(options: PanelOptions): PanelBuilder {
  return new Heatmap()
    .title(options.title)
    .description(options.description)
    .datasource(metricSource)
    .targets(overTime(options.queries, PromQueryFormat.Heatmap))
    .span(options.width)
    .height(8)
    .unit(options.unit)
    .calculate(false)
    .color(
      new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme("Blues").steps(48).exponent(0.5),
    )
    .yAxis(new YAxisConfigBuilder().unit(options.unit))
    .tooltip(new HeatmapTooltipBuilder().mode(TooltipDisplayMode.Single).yHistogram(true))
    .exemplarsColor("orange")
    .cellGap(1);
}
