import type { Rendered } from "./tree/manifest.ts";
import type { Tree } from "./tree/tree.ts";

/** What a rule found: where, what is wrong there, and how to mend it. */
export interface Finding {
  /** The object, when one is to blame. */
  readonly object?: Rendered;
  /** The file, when it is not the object's own. Relative to the repository. */
  readonly file?: string;
  /** Half a sentence without a full stop: what is wrong. */
  readonly problem: string;
  /** An imperative sentence: what to do. */
  readonly mend: string;
}

/** One thing that the manifests must keep to. Rules only read: they run in any order. */
export interface Rule {
  /** Group and name, as it is printed: `references/subset`. */
  readonly name: string;
  /** What goes wrong in a cluster without it: one sentence. */
  readonly because: string;
  check(tree: Tree): Iterable<Finding> | Promise<Iterable<Finding>>;
}
