import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Graph, Health } from "../../../src/api-types.ts";
import { placeLabels } from "./edge-labels.ts";
import { EdgeLine } from "./edge-line.tsx";
import { edgeCurve } from "./edge-path.ts";
import { EdgeTable } from "./edge-table.tsx";
import { GraphLegend } from "./graph-legend.tsx";
import { GraphOptions, initialOptions, selectShown } from "./graph-options.tsx";
import { NodeBox } from "./graph-node.tsx";
import { connectionKey, layoutGraph, type Layout } from "./layout.ts";

const HEALTHS: readonly Health[] = ["healthy", "degraded", "failing", "idle"];

export function ServiceGraph({ graph }: { graph: Graph }): JSX.Element {
  const [options, setOptions] = useState(initialOptions);
  const [pointed, setPointed] = useState<string | null>(null);
  const shown = selectShown(graph, options);
  const { places, bends, width, height } = useStableLayout(shown);

  const edges = shown.edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.source), places.get(edge.target)];
    if (from === undefined || to === undefined) return [];
    return [{ edge, from, to, curve: edgeCurve(from, to, bends.get(connectionKey(edge)) ?? [], edge.mode) }];
  });
  const touches = ({ id, source, target }: Graph["edges"][number]): boolean =>
    pointed === id || pointed === source || pointed === target;
  const isNear = (id: string): boolean =>
    pointed === null ||
    pointed === id ||
    shown.edges.some((edge) => touches(edge) && (edge.source === id || edge.target === id));
  const labelled = edges.filter(({ edge }) =>
    pointed === null
      ? options.labels || edge.health === "failing" || edge.health === "degraded"
      : touches(edge),
  );

  return (
    <>
      <GraphOptions options={options} onChange={setOptions} />
      <div
        class="scroll graph-scroll"
        tabIndex={0}
        role="region"
        aria-label="Service graph, scrolls sideways"
      >
        <svg class="graph" viewBox={`0 0 ${width} ${height}`} role="group" aria-label="Service graph">
          <Arrowheads />
          {edges.map(({ edge, curve }) => (
            <EdgeLine
              key={edge.id}
              edge={edge}
              curve={curve}
              faded={pointed !== null && !touches(edge)}
              moving={options.movement}
              onPoint={setPointed}
            />
          ))}
          {shown.nodes.map((node) => {
            const place = places.get(node.id);
            if (place === undefined) return null;
            return (
              <NodeBox
                key={node.id}
                node={node}
                place={place}
                faded={!isNear(node.id)}
                onPoint={setPointed}
              />
            );
          })}
          {placeLabels(labelled, pointed).map(({ id, text, x, y }) => (
            <g key={id} class="edge-label" transform={`translate(${x} ${y})`} aria-hidden="true">
              <rect x={-text.length * 3.1 - 5} y="-10" width={text.length * 6.2 + 10} height="18" rx="4" />
              <text y="3">{text}</text>
            </g>
          ))}
        </svg>
      </div>
      <GraphLegend />
      <EdgeTable graph={graph} />
    </>
  );
}

/** Laid out anew only when somebody joins or leaves, starting from the order there was. */
function useStableLayout({ nodes, edges }: Graph): Layout {
  const last = useRef<{ key: string; layout: Layout } | null>(null);
  const key = JSON.stringify([
    nodes.map(({ id }) => id),
    edges.map(({ source, target }) => [source, target]),
  ]);
  if (last.current?.key !== key) {
    const layout = layoutGraph(
      nodes.map(({ id }) => id),
      edges,
      last.current?.layout,
    );
    last.current = { key, layout };
  }
  return last.current.layout;
}

const Arrowheads = (): JSX.Element => (
  <defs>
    {HEALTHS.map((health) => (
      <marker
        key={health}
        id={`arrow-${health}`}
        class={`arrow-${health}`}
        viewBox="0 0 8 8"
        refX="7"
        refY="4"
        markerWidth="7"
        markerHeight="7"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path d="M0 0 8 4 0 8Z" />
      </marker>
    ))}
  </defs>
);
