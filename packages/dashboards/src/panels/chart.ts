import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  ScaleDistribution,
  ScaleDistributionConfigBuilder,
  SortOrder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  type VizTooltipOptions,
} from "@grafana/grafana-foundation-sdk/common";
import { PanelBuilder as TimeSeries } from "@grafana/grafana-foundation-sdk/timeseries";
import { metricSource, overTime } from "../query.ts";
import { type PanelBuilder, type PanelOptions, thresholds } from "./panel.ts";

interface ChartOptions extends PanelOptions {
  /** Series on top of each other: for parts of a whole. */
  readonly stacked?: boolean;
  /** Where series differ by orders of magnitude; zero has its place all the same. */
  readonly logarithmic?: boolean;
  readonly max?: number;
  /** Whether values below zero mean something. */
  readonly belowZero?: boolean;
  /** A unit of its own for the series whose names match. */
  readonly units?: Readonly<Record<string, string>>;
}

/** Lines over time. The legend is a table, so that the newest and the highest value can be read off. */
export function chart(options: ChartOptions): PanelBuilder {
  const { stacked = false, logarithmic = false, belowZero = false, max, units = {} } = options;
  const panel = new TimeSeries()
    .title(options.title)
    .description(options.description)
    .datasource(metricSource)
    .targets(overTime(options.queries))
    .span(options.width)
    .height(8)
    .unit(options.unit)
    .legend(legend)
    .tooltip(tooltip)
    .showPoints(VisibilityMode.Never)
    .fillOpacity(stacked ? 40 : 8)
    .dataLinks([...(options.links ?? [])]);
  if (!belowZero) panel.min(0);
  if (max !== undefined) panel.max(max);
  if (stacked) panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal));
  if (logarithmic) panel.scaleDistribution(symlog);
  if (options.thresholds) panel.thresholds(thresholds(options.thresholds)).thresholdsStyle(dashedLine);
  for (const [name, unit] of Object.entries(units))
    panel.overrideByRegexp(name, [{ id: "unit", value: unit }]);
  return panel;
}

const legend = new VizLegendOptionsBuilder()
  .showLegend(true)
  .displayMode(LegendDisplayMode.Table)
  .placement(LegendPlacement.Bottom)
  .calcs(["lastNotNull", "max"]);

const tooltip: Builder<VizTooltipOptions> = {
  build: () => ({ mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }),
};

const symlog = new ScaleDistributionConfigBuilder().type(ScaleDistribution.Symlog).log(10).linearThreshold(1);

const dashedLine = new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed);
