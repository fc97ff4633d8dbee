import type { IContainer } from "kubernetes-models/v1/Container";
import type { Finding } from "../../rule.ts";
import { containersOf, type Pods, podsOf } from "../../tree/pods.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";

/** Says what is wrong with a container, in words that follow its name. */
type Check = (container: IContainer) => Pick<Finding, "problem" | "mend">[];

const eachIn = (all: readonly Pods[], check: Check): Finding[] =>
  all.flatMap((pods) =>
    containersOf(pods).flatMap((container) =>
      check(container).map(({ problem, mend }) => ({
        object: pods.owner,
        problem: `container ${container.name} ${problem}`,
        mend,
      })),
    ),
  );

/** Every container of ours. */
export const eachContainer = (tree: Tree, check: Check): Finding[] => eachIn(podsOf(ownObjects(tree)), check);

/** Every container that serves until it is told to end. */
export const eachServing = (tree: Tree, check: Check): Finding[] =>
  eachIn(
    podsOf(ownObjects(tree)).filter(({ isTask }) => !isTask),
    check,
  );
