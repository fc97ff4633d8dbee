import type { ExceptionView, RootCause } from "../api-types.ts";
import { textAttribute } from "../otlp/attributes.ts";
import { calleeHint } from "./callee-hint.ts";
import { operationOf } from "./operation.ts";
import { outcomeOf, wasAnswered } from "./outcome.ts";
import type { TraceNode, TraceTree } from "./trace-tree.ts";

/**
 * The deepest failing span: one below which nothing failed. Of several, those that explain the root's own failure
 * come first, then the deepest, then the ones with an exception, then the earliest: where a circuit is open since calls
 * failed, those calls are the cause, not the one that was refused without being made. Null when nothing failed.
 */
export function findRootCause(tree: TraceTree): RootCause | null {
  const failing = tree.nodes.filter(hasFailed);
  const withFailureBelow = allAncestors(failing);
  const candidates = failing
    .filter((node) => !withFailureBelow.has(node))
    .map((node) => ({ node, explainsRoot: explains(node, tree.root), exception: exceptionOf(node) }));

  const [cause] = candidates.toSorted(
    (a, b) =>
      Number(b.explainsRoot) - Number(a.explainsRoot) ||
      b.node.depth - a.node.depth ||
      Number(b.exception !== null) - Number(a.exception !== null) ||
      a.node.endNs - b.node.endNs,
  );
  if (cause === undefined) return null;
  const { node, explainsRoot, exception } = cause;
  return {
    spanId: node.span.spanId,
    service: node.span.resource.service,
    operation: operationOf(node.span),
    statusMessage: node.span.statusMessage,
    exception,
    answeredBy: answeredBy(node),
    unansweredBy: unansweredBy(node),
    path: [...ancestors(node).toReversed(), node].map(({ span }) => span.spanId),
    explainsRoot,
  };
}

const hasFailed = ({ span }: TraceNode): boolean => span.status === "error" || outcomeOf(span) === "error";

/** Stops where another node has been already, so that a long chain of failures is walked once. */
function allAncestors(nodes: readonly TraceNode[]): Set<TraceNode> {
  const found = new Set<TraceNode>();
  for (const node of nodes) {
    for (let above = node.parent; above !== null && !found.has(above); above = above.parent) found.add(above);
  }
  return found;
}

/** From the parent up. The tree has no cycles any more, so this ends. */
function ancestors(node: TraceNode): TraceNode[] {
  const found: TraceNode[] = [];
  for (let above = node.parent; above !== null; above = above.parent) found.push(above);
  return found;
}

function explains(node: TraceNode, root: TraceNode): boolean {
  const path = [node, ...ancestors(node)];
  return path.at(-1) === root && path.every(hasFailed);
}

/** Of the span itself, or of the nearest span of the same service that it made fail. */
function exceptionOf(node: TraceNode): ExceptionView | null {
  for (const candidate of [node, ...ancestors(node)]) {
    if (candidate.span.resource.service !== node.span.resource.service || !hasFailed(candidate)) return null;
    const event = candidate.span.events.find(({ name }) => name === "exception");
    if (event === undefined) continue;
    const text = (key: string): string => textAttribute(event.attributes, key) ?? "";
    return {
      spanId: candidate.span.spanId,
      type: text("exception.type"),
      message: text("exception.message"),
      stacktrace: text("exception.stacktrace"),
    };
  }
  return null;
}

/** By convention a 4xx fails the call but not the span of the service that refused; nor does being too slow. */
function answeredBy(node: TraceNode): RootCause["answeredBy"] {
  const callee = calleeOf(node);
  if (callee === undefined) return null;
  const { span } = callee;
  return {
    spanId: span.spanId,
    service: span.resource.service,
    operation: operationOf(span),
    refused: outcomeOf(span) === "clientError",
  };
}

/** A database exports no spans and its protocol has no status: whether it answered is not known. */
function unansweredBy(node: TraceNode): string | null {
  const { span } = node;
  if (span.kind !== "client" || calleeOf(node) !== undefined || wasAnswered(span)) return null;
  const hint = calleeHint(span.attributes);
  return hint === null || hint.kind === "database" ? null : hint.name;
}

const calleeOf = ({ span, children }: TraceNode): TraceNode | undefined =>
  span.kind === "client" ? children.find((child) => child.span.kind === "server") : undefined;
