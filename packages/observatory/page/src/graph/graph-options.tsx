import type { JSX } from "preact";
import type { Graph } from "../../../src/api-types.ts";

export type Options = {
  readonly databases: boolean;
  readonly unhealthyOnly: boolean;
  readonly idle: boolean;
  readonly labels: boolean;
  readonly movement: boolean;
};

export const initialOptions = (): Options => ({
  databases: true,
  unhealthyOnly: false,
  idle: true,
  labels: false,
  movement: !matchMedia("(prefers-reduced-motion: reduce)").matches,
});

const NAMES: readonly (readonly [keyof Options, string])[] = [
  ["databases", "Databases"],
  ["idle", "Idle"],
  ["unhealthyOnly", "Only unhealthy"],
  ["labels", "All figures"],
  ["movement", "Movement"],
];

export const GraphOptions = ({
  options,
  onChange,
}: {
  options: Options;
  onChange: (options: Options) => void;
}): JSX.Element => (
  <fieldset class="options">
    <legend class="visually-hidden">Show in the graph</legend>
    {NAMES.map(([name, label]) => (
      <label key={name}>
        <input
          type="checkbox"
          checked={options[name]}
          onChange={() => onChange({ ...options, [name]: !options[name] })}
        />
        {label}
      </label>
    ))}
  </fieldset>
);

/** What is left of the graph; nodes that only hidden edges touched go with them. */
export function selectShown(graph: Graph, { databases, unhealthyOnly, idle }: Options): Graph {
  const hidden = new Set(
    databases ? [] : graph.nodes.flatMap(({ id, kind }) => (kind === "database" ? [id] : [])),
  );
  const edges = graph.edges.filter(
    ({ source, target, health }) =>
      !hidden.has(source) &&
      !hidden.has(target) &&
      (idle || health !== "idle") &&
      (!unhealthyOnly || health === "degraded" || health === "failing"),
  );
  const touched = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const narrowed = unhealthyOnly || !idle;
  return { edges, nodes: graph.nodes.filter(({ id }) => !hidden.has(id) && (!narrowed || touched.has(id))) };
}
