import type { Profiler, Runtime } from "node:inspector";
import type { Frame } from "./source-names.ts";

/** Who called whom, and for how long: the same function called by the same callers is one node. */
export interface CallTree {
  frame: Frame;
  /** Milliseconds in the function itself, and with all that it called. */
  selfMs: number;
  totalMs: number;
  children: CallTree[];
}

export interface Sampled {
  tree: CallTree;
  /** Milliseconds in which the thread had nothing to do; not in the tree. */
  idleMs: number;
}

const IDLE = "(idle)";

/** Sums up a profile's samples. */
export function sumUp(profile: Profiler.Profile, describe: (callFrame: Runtime.CallFrame) => Frame): Sampled {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
  const selfMs = sampledMs(profile);
  let idleMs = 0;

  function grow(frame: Frame, same: readonly Profiler.ProfileNode[]): CallTree {
    const own = same.reduce((sum, { id }) => sum + (selfMs.get(id) ?? 0), 0);
    const callees = same
      .flatMap(({ children = [] }) => children)
      .flatMap((id) => nodes.get(id) ?? [])
      .map((node) => ({ node, frame: describe(node.callFrame) }));
    const children = [...Map.groupBy(callees, ({ frame: { name, source } }) => `${name} ${source}`).values()]
      .flatMap((group) =>
        group[0]
          ? [
              grow(
                group[0].frame,
                group.map(({ node }) => node),
              ),
            ]
          : [],
      )
      .filter((child) => !isIdle(child))
      .toSorted((a, b) => b.totalMs - a.totalMs);
    return {
      frame,
      selfMs: own,
      totalMs: own + children.reduce((sum, { totalMs }) => sum + totalMs, 0),
      children,
    };
  }

  function isIdle({ frame, totalMs }: CallTree): boolean {
    if (frame.name !== IDLE) return false;
    idleMs += totalMs;
    return true;
  }

  const [root] = profile.nodes;
  if (!root) throw new Error("The profile is empty.");
  const tree = grow({ name: "all", package: "", source: "" }, [root]);
  return { tree, idleMs };
}

/** A sample stands for the time until the next one. By node, in milliseconds. */
function sampledMs({ samples = [], timeDeltas = [] }: Profiler.Profile): Map<number, number> {
  const times = new Map<number, number>();
  for (const [at, id] of samples.entries()) {
    times.set(id, (times.get(id) ?? 0) + (timeDeltas[at + 1] ?? 0) / 1_000);
  }
  return times;
}

/** Self time by anything that a frame has, greatest first. */
export function selfTimes(tree: CallTree, by: (frame: Frame) => string): [key: string, ms: number][] {
  const times = new Map<string, number>();
  const add = ({ frame, selfMs, children }: CallTree): void => {
    times.set(by(frame), (times.get(by(frame)) ?? 0) + selfMs);
    children.forEach(add);
  };
  add(tree);
  return [...times].filter(([, ms]) => ms > 0).toSorted(([, a], [, b]) => b - a);
}
