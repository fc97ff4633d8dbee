import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DeliveryError } from "../delivery-error.ts";

/** A repository as GitHub spells it, and its registry as images spell it: always in small letters. */
export interface RepositoryName {
  readonly owner: string;
  readonly repository: string;
  readonly registry: string;
}

const pattern = /^([A-Za-z0-9](?:-?[A-Za-z0-9]){0,38})\/([A-Za-z0-9._-]{1,100})$/;

/** Reads "<owner>/<repository>". Throws a DeliveryError when GitHub could not have such a one. */
export function parseRepositoryName(text: string): RepositoryName {
  const [, owner, repository] = pattern.exec(text) ?? [];
  if (!owner || !repository || repository.endsWith(".git"))
    throw new DeliveryError(`"${text}" is not <owner>/<repository> as GitHub spells it.`);
  return { owner, repository, registry: `ghcr.io/${owner.toLowerCase()}` };
}

const rootApplication = "argocd/root-application.yaml";

/** Whose this tree is now: the address from which its root Application says that Argo CD reads it. */
export async function currentName(root: string): Promise<RepositoryName> {
  const text = await readFile(join(root, rootApplication), "utf8").catch(() => "");
  const [, name] = /repoURL: https:\/\/github\.com\/(\S+?)(?:\.git)?\s/.exec(text) ?? [];
  if (!name)
    throw new DeliveryError(`${rootApplication} does not say from which repository on GitHub it is read.`);
  return parseRepositoryName(name);
}
