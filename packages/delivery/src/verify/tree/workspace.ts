import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { basesOf, folderOf, isRemote, type Kustomization } from "./kustomization.ts";
import { remoteBase } from "./remote-bases.ts";
import { standIn } from "./stand-in.ts";

/** A copy of what is delivered, in which remote bases are folders of this machine: rendering needs no network. */
export interface Workspace {
  readonly folder: string;
  /** The kustomization that names a remote base, by the folder of everything that stands in for it. */
  readonly standIns: ReadonlyMap<string, string>;
  /** Remote bases that nothing on this machine stands in for. */
  readonly missing: readonly string[];
}

interface Source {
  files: ReadonlyMap<string, string>;
  kustomizations: readonly Kustomization[];
}

/** Writes the copy, and what stands in for remote bases, into an empty folder. */
export async function createWorkspace(
  scratch: string,
  { files, kustomizations }: Source,
): Promise<Workspace> {
  const folder = join(scratch, "tree");
  const bases = new Map<string, string | undefined>();
  const standIns = new Map<string, string>();
  for (const { file, address } of remotesIn(kustomizations)) {
    const base = remoteBase(address);
    const place = join(scratch, "remote", String(bases.size));
    bases.set(address, base && (await standIn(base, place)));
    standIns.set(`${place}${sep}`, file);
  }
  for (const [file, text] of files) {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, withLocalBases(text, dirname(target), bases));
  }
  return { folder, standIns, missing: [...bases].flatMap(([address, place]) => (place ? [] : [address])) };
}

/** Each remote base once, with the first file that names it. */
function remotesIn(kustomizations: readonly Kustomization[]): { file: string; address: string }[] {
  const named = kustomizations.flatMap((kustomization) =>
    basesOf(kustomization)
      .filter(isRemote)
      .map((address) => ({ file: kustomization.file, address })),
  );
  return named.filter(
    ({ address }, index) => named.findIndex((other) => other.address === address) === index,
  );
}

function withLocalBases(text: string, from: string, copies: ReadonlyMap<string, string | undefined>): string {
  return [...copies].reduce(
    (local, [address, copy]) =>
      copy ? local.replaceAll(address, relative(from, copy).replaceAll(sep, "/")) : local,
    text,
  );
}

/** Kustomizations that no other one takes: what is rendered by itself, and what all the others are part of. */
export function rootsAmong(kustomizations: readonly Kustomization[]): Kustomization[] {
  const taken = new Set(kustomizations.flatMap(basesOf));
  return kustomizations.filter(
    (kustomization) => !kustomization.isComponent && !taken.has(folderOf(kustomization)),
  );
}
