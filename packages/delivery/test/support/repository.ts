import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { environments, releaseFile, unreleasedCommit, unreleasedDigest, versionOf } from "../../src/index.ts";

const identity = {
  GIT_AUTHOR_NAME: "Dana Developer",
  GIT_AUTHOR_EMAIL: "dana@example.com",
  GIT_COMMITTER_NAME: "Dana Developer",
  GIT_COMMITTER_EMAIL: "dana@example.com",
  // Nobody's own settings, such as signed commits, get into a test.
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
};
Object.assign(process.env, identity);

/** A repository that somebody works in, with verbs. */
export interface Clone {
  readonly root: string;
  git(...args: string[]): string;
  read(file: string): string;
  write(file: string, text: string): void;
  /** Commits everything that was written, pushes it where there is an origin, and returns the commit. */
  push(message: string): string;
  /** Changes a source file of a service, pushes, and returns the source commit. */
  changeSource(service: string): string;
  /** Writes a release as a build of `commit` would be written, and pushes. Returns the digest. */
  release(environment: string, service: string, commit: string): string;
}

export interface LocalRepository extends Clone {
  remove(): void;
}

export interface Repository extends LocalRepository {
  readonly origin: string;
  /** Another person's or workflow's clone. */
  clone(): Clone;
}

/** An origin whose branch `main` has leaves for the services in every environment, and a first clone of it. */
export function givenRepository(services: readonly string[]): Repository {
  const folder = newFolder();
  const origin = join(folder, "origin.git");
  git(folder, "init", "--quiet", "--bare", "--initial-branch=main", origin);
  let clones = 0;
  function clone(): Clone {
    const root = join(folder, `clone-${++clones}`);
    git(folder, "clone", "--quiet", origin, root);
    return workTreeAt(root, "with-origin");
  }
  const first = clone();
  writeMall(first, services);
  return { ...first, origin, clone, remove: () => removeFolder(folder) };
}

/** The same without an origin, for what only reads the history: a good deal quicker. */
export function givenLocalRepository(services: readonly string[]): LocalRepository {
  const folder = newFolder();
  const root = join(folder, "tree");
  git(folder, "init", "--quiet", "--initial-branch=main", root);
  const tree = workTreeAt(root, "alone");
  writeMall(tree, services);
  return { ...tree, remove: () => removeFolder(folder) };
}

function writeMall(tree: Clone, services: readonly string[]): void {
  for (const service of services) {
    tree.write(`services/${service}/package.json`, "{}");
    tree.write(`services/${service}/src/app.ts`, "export const change = 0;\n");
    for (const environment of environments)
      tree.write(releaseFile({ environment, service }), leafText(service));
  }
  tree.push("The mall");
}

/** A leaf's text, with the comments and the layout of a person who likes columns. */
export const leafText = (service: string, commit = unreleasedCommit, digest = unreleasedDigest): string =>
  `# Written by \`npm run bump\`, \`promote\` and \`rollback\`: what runs here.
apiVersion: kustomize.config.k8s.io/v1alpha1
kind: Component

images:
  - name: mall-${service}
    newName: ghcr.io/acme-shops/mall-${service}
    newTag: "${commit}"   # the source commit
    digest: ${digest}

labels:
  - includeTemplates: true
    pairs:
      app.kubernetes.io/version: "${versionOf(commit)}"        # the first 12 of the commit
`;

let digests = 0;
export const someDigest = (): string => `sha256:${String(++digests).padStart(4, "0").padEnd(64, "a")}`;

function workTreeAt(root: string, kind: "with-origin" | "alone"): Clone {
  const tree: Clone = {
    root,
    git: (...args) => git(root, ...args),
    read: (file) => readFileSync(join(root, file), "utf8"),
    write(file, text) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    },
    push(message) {
      git(root, "add", "--all");
      git(root, "commit", "--quiet", "--allow-empty", "--message", message);
      if (kind === "with-origin") pushOverOthers(root);
      return git(root, "rev-parse", "HEAD");
    },
    changeSource(service) {
      const file = `services/${service}/src/app.ts`;
      tree.write(file, `${tree.read(file)}export const change = ${Math.random()};\n`);
      return tree.push(`Change ${service}`);
    },
    release(environment, service, commit) {
      const digest = someDigest();
      tree.write(releaseFile({ environment, service }), leafText(service, commit, digest));
      tree.push(`${environment}: ${service} ${versionOf(commit)}`);
      return digest;
    },
  };
  return tree;
}

function pushOverOthers(root: string): void {
  try {
    git(root, "push", "--quiet", "origin", "HEAD");
  } catch {
    git(root, "pull", "--quiet", "--rebase");
    git(root, "push", "--quiet", "origin", "HEAD");
  }
}

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  }).trim();
}

const newFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), "mall-git-")));

const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
