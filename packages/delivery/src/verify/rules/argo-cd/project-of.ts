import { matchesGlob } from "node:path/posix";
import type { Finding } from "../../rule.ts";
import { ofKind, type RenderedKind } from "../../tree/kinds.ts";
import { ownObjects, type Tree } from "../../tree/tree.ts";
import { applicationsOf, type DeliveredApplication } from "./applications.ts";

export type Project = RenderedKind<"AppProject">;

/** Each Application with its project; projects of the same name are the same one, rendered twice. */
export function eachApplication(
  tree: Tree,
  check: (application: DeliveredApplication, project: Project) => Finding[],
): Finding[] {
  const projects = ofKind(ownObjects(tree), "AppProject");
  return applicationsOf(tree).flatMap((application) => {
    const project = projects.find(({ manifest }) => manifest.metadata.name === application.project);
    if (project) return check(application, project);
    return [
      {
        object: application.object,
        problem: `Application ${application.name} is of project ${application.project}, which is not there`,
        mend: "Name one of argocd/projects.",
      },
    ];
  });
}

/** Whether an entry of a project's list takes a value: the same, or a pattern with `*`. */
export const matches = (allowed: string | undefined, value: string | undefined): boolean =>
  allowed === value ||
  allowed === "*" ||
  (allowed !== undefined && value !== undefined && matchesGlob(value, allowed));
