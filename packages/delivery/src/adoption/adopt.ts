import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DeliveryError } from "../delivery-error.ts";
import { attemptGit, git } from "../git/git.ts";
import { environments, leafOf } from "../release/leaves.ts";
import { unreleasedCommit, unreleasedDigest } from "../release/release.ts";
import { withRelease } from "../release/release-file.ts";
import { currentName, parseRepositoryName, type RepositoryName } from "./repository-name.ts";

export interface Adoption {
  readonly from: string;
  readonly to: string;
  /** The files that were changed, or in a dry run would be. */
  readonly files: readonly string[];
  readonly commit?: string;
}

/**
 * Points the tree at another repository, as one commit: its address, its images, its teams, and leaves without a
 * release, because the new owner's registry has no image yet. Throws a DeliveryError when there is unsaved work.
 */
export async function adopt(root: string, name: string, dryRun: boolean): Promise<Adoption> {
  const to = parseRepositoryName(name);
  const from = await currentName(root);
  const told = { from: `${from.owner}/${from.repository}`, to: `${to.owner}/${to.repository}` };
  if (told.from === told.to) return { ...told, files: [] };
  if ((await git(root, ["status", "--porcelain", "--untracked-files=no"])) !== "")
    throw new DeliveryError("There are changes that are not committed: commit or stash them first.");
  const changes = await changedFiles(root, from, to);
  const files = [...changes.keys()];
  if (dryRun) return { ...told, files };
  for (const [file, text] of changes) await writeFile(join(root, file), text);
  const message = `Adopt the mall as ${told.to}\n\nBefore: ${told.from}. Nothing is released under the new name yet.\n`;
  await git(root, ["commit", "--quiet", "--file", "-", "--", ...files], { input: message });
  return { ...told, files, commit: await git(root, ["rev-parse", "HEAD"]) };
}

async function changedFiles(
  root: string,
  from: RepositoryName,
  to: RepositoryName,
): Promise<Map<string, string>> {
  const changes = new Map<string, string>();
  for (const file of await filesThatMention(root, from.owner)) {
    const text = await readFile(join(root, file), "utf8");
    const changed = unreleased(file, renamed(file, text, from, to), to);
    if (changed !== text) changes.set(file, changed);
  }
  return changes;
}

/** Text files under version control; pictures and the like are not looked into. */
async function filesThatMention(root: string, owner: string): Promise<string[]> {
  const args = ["grep", "--files-with-matches", "-I", "-z", "--ignore-case", "--fixed-strings", "-e", owner];
  const { stdout } = await attemptGit(root, args);
  return stdout.split("\0").filter(Boolean);
}

/** Every spelling with enough around it to be sure: an owner's bare name may be any word. */
export function renamed(file: string, text: string, from: RepositoryName, to: RepositoryName): string {
  const spelled = (before: string, after: string): RegExp =>
    new RegExp(`(?<![\\w.-])${literally(before)}(?=${after})`, "g");
  const addresses = text
    .replace(
      spelled(`${from.owner}/${from.repository}`, "(?:\\.git)?(?![\\w.-]*\\w)"),
      `${to.owner}/${to.repository}`,
    )
    .replace(spelled(from.registry, "(?![\\w.-]*\\w)"), to.registry);
  // Argo CD's roles are given to GitHub's teams: "g, <owner>:<team>, role:deployer".
  return file.startsWith("argocd/") ? addresses.replace(spelled(from.owner, ":"), to.owner) : addresses;
}

function unreleased(file: string, text: string, { registry }: RepositoryName): string {
  const leaf = leafOf(file);
  if (!leaf || !environments.some((name) => name === leaf.environment)) return text;
  const image = `${registry}/mall-${leaf.service}`;
  return withRelease(text, { image, commit: unreleasedCommit, digest: unreleasedDigest }, file);
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
