import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";

/** The data source that the dashboard's `datasource` variable names: nothing is bound to one Grafana. */
export const metricSource: DataSourceRef = { type: "prometheus", uid: "${datasource}" };

export interface Query {
  /** PromQL with Grafana's variables in it. */
  readonly expr: string;
  /** A series' name: text with labels in it, such as `{{http_route}}`. */
  readonly legend: string;
  /** Also ask for exemplars, each a point that leads to its trace. Only histograms of server requests have them. */
  readonly exemplars?: boolean;
}

/** Over time, as lines or as cells. */
export const overTime = (
  queries: readonly Query[],
  format: PromQueryFormat = PromQueryFormat.TimeSeries,
): DataqueryBuilder[] =>
  queries.map(({ exemplars = false, ...query }, at) =>
    base(query, at).range().format(format).exemplar(exemplars),
  );

/** The newest values only: for a number or a table. */
export const newest = (
  queries: readonly Query[],
  format: PromQueryFormat = PromQueryFormat.TimeSeries,
): DataqueryBuilder[] => queries.map((query, at) => base(query, at).instant().format(format));

const base = ({ expr, legend }: Query, at: number): DataqueryBuilder =>
  new DataqueryBuilder().datasource(metricSource).refId(refId(at)).expr(expr).legendFormat(legend);

/** A, B, C: by it an override or a transformation refers to a query. */
export const refId = (at: number): string => String.fromCharCode("A".charCodeAt(0) + at);
