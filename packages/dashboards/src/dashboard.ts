import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  RowBuilder,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type { PanelBuilder } from "./panels/panel.ts";
import type { VariableBuilder } from "./variables.ts";

/** Panels fill lines of 24 columns, so the widths of each line add up to that. */
export interface Row {
  readonly title: string;
  readonly panels: readonly PanelBuilder[];
}

interface Plan {
  /** Part of the dashboard's address: it never changes. */
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly variables: readonly VariableBuilder[];
  readonly rows: readonly Row[];
  /** How far back it begins, such as `now-1h`. */
  readonly from: string;
}

const tag = "shopping-mall";

/** In Grafana's first schema, which Grafana 13 still reads. */
export function createDashboard({ uid, title, description, variables, rows, from }: Plan): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([tag])
    .timezone("browser")
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from, to: "now" })
    .refresh("30s")
    // What is changed in the browser is lost at the next sync: the code is the place to change it.
    .readonly()
    .links([sameTag])
    .annotations([])
    .variables([...variables]);
  for (const row of rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panel);
  }
  const dashboard = builder.build();
  // Links to a single panel name its number, so numbers are given here and not by each Grafana.
  for (const [at, panel] of (dashboard.panels ?? []).entries()) panel.id = at + 1;
  return dashboard;
}

const sameTag = new DashboardLinkBuilder("Shopping mall")
  .type(DashboardLinkType.Dashboards)
  .tags([tag])
  .keepTime(true)
  .includeVars(true);
