import type { ComponentChildren, JSX } from "preact";
import type { GraphNode } from "../../../src/api-types.ts";
import { serviceHref } from "../frame/address.ts";
import { HealthShape } from "../format/health-mark.tsx";
import { formatMs, formatRate, formatShare } from "../format/quantities.ts";
import { serviceColour } from "../format/service-colour.ts";
import { NODE_WIDTH, type Place } from "./layout.ts";

const LONGEST_NAME = 15;
const HALF = NODE_WIDTH / 2;

type NodeProps = {
  readonly node: GraphNode;
  readonly place: Place;
  readonly faded: boolean;
  readonly onPoint: (id: string | null) => void;
};

export function NodeBox({ node, place, faded, onPoint }: NodeProps): JSX.Element {
  const { health, kind } = node;
  return (
    <g
      class={`node node-${kind} node-${health} ${kind === "service" ? serviceColour(node.name) : ""}${faded ? " faded" : ""}`}
      transform={`translate(${place.x} ${place.y})`}
      data-node={node.id}
      onMouseEnter={() => onPoint(node.id)}
      onMouseLeave={() => onPoint(null)}
      onFocusIn={() => onPoint(node.id)}
      onFocusOut={() => onPoint(null)}
    >
      <NodeLink node={node}>
        <title>{describe(node)}</title>
        <NodeShape kind={kind} />
        <text class="node-name" x={-HALF + 16} y={textTop(kind)}>
          {shownName(node)}
        </text>{" "}
        {kind === "user" ? null : (
          <text class="node-figures" x={-HALF + 16} y={textTop(kind) + 16}>
            {shownFigures(node)}
          </text>
        )}
        {kind === "user" ? null : (
          <g transform={`translate(${HALF - 13} ${textTop(kind) - 5})`}>
            <HealthShape health={health} />
          </g>
        )}
      </NodeLink>
    </g>
  );
}

function NodeLink({ node, children }: { node: GraphNode; children: ComponentChildren }): JSX.Element {
  if (node.kind === "service") {
    return (
      <a href={serviceHref(node.name)} aria-label={describe(node)}>
        {children}
      </a>
    );
  }
  return (
    <g role="img" tabindex={0} aria-label={describe(node)}>
      {children}
    </g>
  );
}

const textTop = (kind: GraphNode["kind"]): number => (kind === "user" ? 5 : kind === "database" ? 1 : -3);

/** Databases are drums, what is outside has a broken outline, people are round. */
function NodeShape({ kind }: Pick<GraphNode, "kind">): JSX.Element {
  if (kind === "database") {
    return (
      <>
        <path class="node-shape" d={`M${-HALF}-17v34a${HALF} 5 0 0 0 ${NODE_WIDTH} 0v-34`} />
        <ellipse class="node-shape" cy="-17" rx={HALF} ry="5" />
      </>
    );
  }
  const round = kind === "user" ? 22 : kind === "messaging" ? 2 : 8;
  return (
    <>
      <rect class="node-shape" x={-HALF} y="-22" width={NODE_WIDTH} height="44" rx={round} />
      {kind === "service" ? (
        <rect class="node-colour" x={-HALF} y="-14" width="5" height="28" rx="2" />
      ) : null}
    </>
  );
}

/** `postgresql/mall_cart` says its system by its shape; the full name is in the label. */
function shownName({ kind, name }: GraphNode): string {
  const own = kind === "database" ? name.slice(name.lastIndexOf("/") + 1) : name;
  return own.length > LONGEST_NAME ? `${own.slice(0, LONGEST_NAME - 1)}…` : own;
}

const shownFigures = ({ down, stats }: GraphNode): string =>
  down ? "down" : stats.count === 0 ? "idle" : `${formatRate(stats.rate)} · ${formatMs(stats.p95Ms)}`;

/** Begins with what is seen, so that who sees it can say it. */
function describe(node: GraphNode): string {
  const { kind, name, stats, health } = node;
  const seen = kind === "user" ? shownName(node) : `${shownName(node)} ${shownFigures(node)}`;
  const inFull = shownName(node) === name ? kind : `${kind} ${name}`;
  return stats.count === 0
    ? `${seen}, ${inFull}`
    : `${seen}, ${inFull}, ${health}, ${formatShare(stats.errorShare)} errors`;
}
