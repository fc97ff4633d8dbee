import type { DataTransformerConfig } from "@grafana/grafana-foundation-sdk/dashboard";
import { PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as Table } from "@grafana/grafana-foundation-sdk/table";
import { metricSource, newest, type Query, refId } from "../query.ts";
import type { PanelBuilder, PanelOptions } from "./panel.ts";

/** A query whose newest values become a column, under its `legend`. */
export interface Column extends Query {
  readonly unit: string;
}

interface TableOptions extends Omit<PanelOptions, "queries" | "unit"> {
  readonly columns: readonly Column[];
}

/** One row per combination of labels, one column per label and per query. */
export function table(options: TableOptions): PanelBuilder {
  const panel = new Table()
    .title(options.title)
    .description(options.description)
    .datasource(metricSource)
    .targets(newest(options.columns, PromQueryFormat.Table))
    .span(options.width)
    .height(14)
    .unit(options.columns[0]?.unit ?? "none")
    .transformations(asOneTable(options.columns.map(({ legend }) => legend)))
    .dataLinks([...(options.links ?? [])]);
  for (const { legend, unit } of options.columns) panel.overrideByName(legend, [{ id: "unit", value: unit }]);
  return panel;
}

/** Joins the queries' tables by their labels, and gives columns other names than those that Grafana makes up. */
export const asOneTable = (
  names: readonly string[],
  labels: Readonly<Record<string, string>> = {},
): DataTransformerConfig[] => [
  { id: "merge", options: {} },
  {
    id: "organize",
    options: {
      excludeByName: { Time: true },
      renameByName: {
        ...Object.fromEntries(names.map((name, at) => [`Value #${refId(at)}`, name])),
        ...labels,
      },
    },
  },
];
