import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const folder = join(__dirname, "../../../../base/dashboards");

export interface Target {
  readonly expr: string;
  readonly legendFormat: string;
  readonly refId: string;
  readonly exemplar?: boolean;
  readonly datasource: { readonly type: string; readonly uid: string };
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: {
    readonly defaults: { readonly unit?: string; readonly links?: readonly { readonly url: string }[] };
  };
  readonly targets?: readonly Target[];
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string | { readonly query: string };
}

export interface DashboardFile {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly Variable[] };
}

/** The dashboards as Grafana gets them, by file name. */
export const dashboardFiles: ReadonlyMap<string, DashboardFile> = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name, JSON.parse(readFileSync(join(folder, name), "utf8")) as DashboardFile]),
);

/** All but the headings of rows. */
export const panelsOf = ({ panels }: DashboardFile): readonly Panel[] =>
  panels.filter(({ type }) => type !== "row");

/** Every query of every panel, as it is written; each once. */
export const expressions: readonly string[] = [
  ...new Set(
    [...dashboardFiles.values()].flatMap((file) =>
      panelsOf(file).flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
    ),
  ),
];

/** What a variable looks series up by: `label_values(<this>, <label>)`. */
export const variableQueries: readonly { readonly selector: string; readonly label: string }[] = [
  ...dashboardFiles.values(),
].flatMap(({ templating }) =>
  templating.list.flatMap(({ query }) => {
    const [, selector, label] =
      /^label_values\((.+), (\w+)\)$/.exec(typeof query === "string" ? query : query.query) ?? [];
    return selector !== undefined && label !== undefined ? [{ selector, label }] : [];
  }),
);
