import { imageChanges } from "../changes/image-changes.ts";
import { git } from "../git/git.ts";
import { relationOf } from "../git/history.ts";
import { type Environment, environments, releaseFile } from "../release/leaves.ts";
import { leavesAt, recordedAt } from "../release/recorded.ts";
import { isReleased, versionOf } from "../release/release.ts";

/** What Git says runs in one place. */
export interface ReleaseStatus {
  readonly version: string;
  /** Registry and name, without tag. */
  readonly image: string;
  readonly commit: string;
  readonly digest: string;
  /** When it was written into the leaf, ISO 8601. */
  readonly since: string;
}

/** How one environment stands to the one before it, in changes that concern the service. */
export interface Distance {
  readonly environment: Environment;
  /** "main" stands before dev. */
  readonly comparedWith: Environment | "main";
  readonly behind: number;
  readonly ahead: number;
  /** False when the two have no common line of history. */
  readonly comparable: boolean;
}

export interface ServiceStatus {
  readonly service: string;
  /** By environment: "absent" where the service is not part of it, "unreleased" where nothing was built yet. */
  readonly environments: Readonly<Record<Environment, ReleaseStatus | "absent" | "unreleased">>;
  readonly distances: readonly Distance[];
}

/** The status of every service, as the commit records it. */
export async function serviceStatuses(root: string, commit: string): Promise<ServiceStatus[]> {
  const leaves = (await Promise.all(environments.map((name) => leavesAt(root, commit, name)))).flat();
  const written = await whenWritten(root, commit);
  const services = [...new Set(leaves.map(({ service }) => service))].toSorted();
  return Promise.all(
    services.map(async (service) => {
      const entries = environments.map(async (environment) => {
        const isPart = leaves.some((leaf) => leaf.service === service && leaf.environment === environment);
        return [
          environment,
          isPart ? await statusOf(root, commit, environment, service, written) : "absent",
        ] as const;
      });
      const status = Object.fromEntries(await Promise.all(entries)) as ServiceStatus["environments"];
      return { service, environments: status, distances: await distancesOf(root, commit, service, status) };
    }),
  );
}

async function statusOf(
  root: string,
  commit: string,
  environment: Environment,
  service: string,
  written: ReadonlyMap<string, string>,
): Promise<ReleaseStatus | "unreleased"> {
  const { release } = await recordedAt(root, commit, { environment, service });
  if (!isReleased(release)) return "unreleased";
  const since = written.get(releaseFile({ environment, service })) ?? "";
  return { version: versionOf(release.commit), ...release, since };
}

/** When each leaf was last written, from one walk through the history. */
async function whenWritten(root: string, commit: string): Promise<Map<string, string>> {
  const log = await git(root, [
    "log",
    "--format=%x01%cI",
    "--name-only",
    commit,
    "--",
    ":(glob)overlays/*/*/release/*",
  ]);
  const written = new Map<string, string>();
  for (const entry of log.split("\x01").slice(1)) {
    const [date = "", ...files] = entry.split("\n").filter(Boolean);
    for (const file of files) if (!written.has(file)) written.set(file, date);
  }
  return written;
}

async function distancesOf(
  root: string,
  newest: string,
  service: string,
  status: ServiceStatus["environments"],
): Promise<Distance[]> {
  const stations = [
    { name: "main" as const, commit: newest },
    ...environments.map((name) => {
      const there = status[name];
      return { name, commit: typeof there === "string" ? undefined : there.commit };
    }),
  ];
  const distances = stations.slice(1).map(async ({ name, commit }, index) => {
    const before = stations[index];
    if (commit === undefined || before?.commit === undefined || name === "main") return [];
    return distance(root, service, name, commit, before.name, before.commit);
  });
  return (await Promise.all(distances)).flat();
}

async function distance(
  root: string,
  service: string,
  environment: Environment,
  commit: string,
  comparedWith: Environment | "main",
  other: string,
): Promise<Distance> {
  const relation = await relationOf(root, commit, other);
  const between = { environment, comparedWith, comparable: relation !== "unknown" };
  const isApart = relation === "unrelated";
  const behind = relation === "older" || isApart ? await imageChanges(root, service, commit, other) : [];
  const ahead = relation === "newer" || isApart ? await imageChanges(root, service, other, commit) : [];
  return { ...between, behind: behind.length, ahead: ahead.length };
}
