import type { JSX } from "preact";
import type { GraphEdge } from "../../../src/api-types.ts";
import { curvePath, pointOn, type Curve } from "./edge-path.ts";

type EdgeLineProps = {
  readonly edge: GraphEdge;
  readonly curve: Curve;
  readonly faded: boolean;
  readonly moving: boolean;
  readonly onPoint: (id: string | null) => void;
};

/** Solid for a call, dashed for a queue. Failures are diamonds, whatever colours one sees. */
export function EdgeLine({ edge, curve, faded, moving, onPoint }: EdgeLineProps): JSX.Element {
  const path = curvePath(curve);
  const { health, mode } = edge;
  return (
    <g
      class={`edge edge-${mode} edge-${health}${faded ? " faded" : ""}`}
      data-edge={edge.id}
      onMouseEnter={() => onPoint(edge.id)}
      onMouseLeave={() => onPoint(null)}
    >
      <path class="edge-hit" d={path} />
      <path class="edge-line" d={path} marker-end={`url(#arrow-${health})`} />
      {moving ? <Traffic edge={edge} path={path} /> : null}
      {diamondPlaces(edge).map((t) => {
        const { x, y } = pointOn(curve, t);
        return <path key={t} class="diamond" d="M0-5 5 0 0 5-5 0Z" transform={`translate(${x} ${y})`} />;
      })}
    </g>
  );
}

/** One to three dots by rate, faster where answers are fast. Steps, as a change of pace restarts the movement. */
function Traffic({ edge: { stats }, path }: { edge: GraphEdge; path: string }): JSX.Element | null {
  if (stats.rate === 0) return null;
  const dots = stats.rate < 1 ? 1 : stats.rate < 10 ? 2 : 3;
  const p95 = stats.p95Ms ?? 0;
  // Preact's types do not know animateMotion's own attribute.
  const along = { path, repeatCount: "indefinite" };
  const seconds = p95 < 50 ? 2 : p95 < 500 ? 4 : 7;
  return (
    <>
      {Array.from({ length: dots }, (_, at) => (
        <circle key={`${at}-${dots}-${seconds}`} class="dot" r="2.5">
          <animateMotion {...along} dur={`${seconds}s`} begin={`${(-at * seconds) / dots}s`} />
        </circle>
      ))}
    </>
  );
}

function diamondPlaces({ stats, health }: GraphEdge): readonly number[] {
  if (stats.errorShare === 0 && health !== "failing") return [];
  if (health === "failing") return [0.35, 0.5, 0.65];
  return [0.5];
}
