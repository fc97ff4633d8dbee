import { type DataTransformerConfig } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  EdgeOptionsBuilder,
  NodeOptionsBuilder,
  PanelBuilder as NodeGraph,
} from "@grafana/grafana-foundation-sdk/nodegraph";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { metricSource, newest } from "../query.ts";
import type { PanelBuilder, PanelOptions } from "./panel.ts";
import { asOneTable, type Column } from "./table.ts";

interface GraphOptions extends Omit<PanelOptions, "queries" | "unit"> {
  /** Written on an edge, and summed over the edges that lead to a node. By the labels `client` and `server`. */
  readonly rate: Column;
  /** The second line of both. */
  readonly failures: Column;
}

/** Who calls whom, drawn from edges alone: Grafana makes the nodes of them. */
export function graph({ title, description, rate, failures, width }: GraphOptions): PanelBuilder {
  const [main, secondary] = [rate.unit, failures.unit];
  return new NodeGraph()
    .title(title)
    .description(description)
    .datasource(metricSource)
    .targets(newest([rate, failures], PromQueryFormat.Table))
    .span(width)
    .height(14)
    .unit(main)
    .transformations([
      ...asOneTable(["mainstat", "secondarystat"], { client: "source", server: "target" }),
      ...numberedEdges,
    ])
    .nodes(new NodeOptionsBuilder().mainStatUnit(main).secondaryStatUnit(secondary))
    .edges(new EdgeOptionsBuilder().mainStatUnit(main).secondaryStatUnit(secondary));
}

/** An edge needs a name of its own, as text; its row's number will do. */
const numberedEdges: DataTransformerConfig[] = [
  { id: "calculateField", options: { mode: "index", alias: "id" } },
  { id: "convertFieldType", options: { conversions: [{ targetField: "id", destinationType: "string" }] } },
];
