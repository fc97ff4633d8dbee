import { spawnSync } from "node:child_process";
import { chownSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** How PostgreSQL is run as an ordinary user, which it insists on. */
export interface Unprivileged {
  /** Put before the command. */
  prefix: readonly string[];
  /** Options of `spawn`; also the owner that the data must have. */
  identity: { uid: number; gid: number } | undefined;
}

// In a user namespace root is seen as user 1000, yet the files stay root's own: no user has to exist,
// and a project below a home that only root may enter still works.
const namespace = ["unshare", "--user", "--map-user=1000", "--map-group=1000"] as const;
const nobody = { uid: 65534, gid: 65534 } as const;

export function unprivileged(): Unprivileged {
  if (process.getuid?.() !== 0) return { prefix: [], identity: undefined };
  return namespacesWork() ? { prefix: namespace, identity: undefined } : { prefix: [], identity: nobody };
}

/** Gives files to whoever PostgreSQL runs as: they may have been somebody else's on an earlier start. */
export function giveTo({ identity }: Unprivileged, path: string): void {
  if (process.getuid?.() !== 0) return;
  const owner = identity ?? { uid: 0, gid: 0 };
  if (lstatSync(path).uid !== owner.uid) chownAll(path, owner);
}

function namespacesWork(): boolean {
  const [command, ...options] = namespace;
  return process.platform === "linux" && spawnSync(command, [...options, "true"]).status === 0;
}

function chownAll(path: string, owner: { uid: number; gid: number }): void {
  if (lstatSync(path).isDirectory()) {
    for (const entry of readdirSync(path)) chownAll(join(path, entry), owner);
  }
  chownSync(path, owner.uid, owner.gid);
}
