import type { Finding, Rule } from "../../rule.ts";
import { containersOf, type Pods, podsOf } from "../../tree/pods.ts";
import { ownObjects } from "../../tree/tree.ts";

export const volumeRule: Rule = {
  name: "references/volume",
  because: "A mount without its volume is refused; a volume without a mount is what a misspelling leaves.",
  check: (tree) => podsOf(ownObjects(tree)).flatMap(volumeFindings),
};

function volumeFindings(pods: Pods): Finding[] {
  const volumes = new Set((pods.spec.volumes ?? []).map(({ name }) => name));
  const mounted = new Set(
    containersOf(pods).flatMap(({ volumeMounts = [] }) => volumeMounts.map(({ name }) => name)),
  );
  return [
    ...[...mounted]
      .filter((name) => !volumes.has(name))
      .map((name) => `a container mounts the volume ${name}, which the pod has not`),
    ...[...volumes]
      .filter((name) => !mounted.has(name))
      .map((name) => `no container mounts the pod's volume ${name}`),
  ].map((problem) => ({
    object: pods.owner,
    problem,
    mend: "Give mount and volume the same name, or take out what is left over.",
  }));
}
