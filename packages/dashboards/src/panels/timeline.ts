import { VisibilityMode } from "@grafana/grafana-foundation-sdk/common";
import {
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type ValueMap,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as StateTimeline } from "@grafana/grafana-foundation-sdk/statetimeline";
import { metricSource, overTime } from "../query.ts";
import type { PanelBuilder, PanelOptions } from "./panel.ts";

const drawn: ValueMap = { type: MappingType.ValueToText, options: { "1": { text: "●", index: 0 } } };

/** When each of several states held: one row per series, drawn where its value is 1. */
export function timeline(options: PanelOptions): PanelBuilder {
  return (
    new StateTimeline()
      .title(options.title)
      .description(options.description)
      .datasource(metricSource)
      .targets(overTime(options.queries))
      .span(options.width)
      .height(8)
      .unit(options.unit)
      .mappings([drawn])
      // By the name of the state, so that a state has the same colour wherever it is drawn.
      .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName))
      .mergeValues(true)
      .showValue(VisibilityMode.Never)
  );
}
