import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  ReduceDataOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder as Stat } from "@grafana/grafana-foundation-sdk/stat";
import { metricSource, overTime } from "../query.ts";
import { neutral, type PanelBuilder, type PanelOptions, thresholds } from "./panel.ts";

interface NumberOptions extends PanelOptions {
  readonly decimals?: number;
  /** What to say when there is no sample. */
  readonly none?: string;
  /** Show the series' names beside the values: when there may be several. */
  readonly named?: boolean;
}

/** The newest value, large, with its course behind it. */
export function bigNumber(options: NumberOptions): PanelBuilder {
  const panel = new Stat()
    .title(options.title)
    .description(options.description)
    .datasource(metricSource)
    .targets(overTime(options.queries))
    .span(options.width)
    .height(4)
    .unit(options.unit)
    .noValue(options.none ?? "no data")
    .thresholds(thresholds(options.thresholds ?? neutral))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.Area)
    .textMode(options.named ? BigValueTextMode.ValueAndName : BigValueTextMode.Value)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(["lastNotNull"]))
    .dataLinks([...(options.links ?? [])]);
  if (options.decimals !== undefined) panel.decimals(options.decimals);
  return panel;
}
