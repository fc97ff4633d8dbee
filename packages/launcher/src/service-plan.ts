import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { z } from "zod";
import { LaunchError } from "./launch-error.ts";

const mallKey = z.strictObject({
  /** On 127.0.0.1. */
  port: z.int().min(1).max(65_535),
  /** Whether it keeps data in a database of its own. */
  database: z.boolean(),
  /** Names of the services it calls. */
  calls: z.array(z.string()),
  /** Names of the services it sends events to. */
  delivers: z.array(z.string()).default([]),
});

export interface ServicePlan extends z.infer<typeof mallKey> {
  name: string;
  /** Absolute. */
  folder: string;
  /** The program to run: what its package.json names as "main". Absolute. */
  main: string;
  /** The mall is up without it, and works when it dies: true of what stands in packages/. */
  optional: boolean;
}

/**
 * Everything that runs, by the folders that are there: each `packages/*` and `services/*` whose package.json has a
 * `mall` key, in this order. Throws LaunchError for one that is wrong.
 */
export function readServicePlans(root: string): ServicePlan[] {
  const plans = [...readGroup(root, "packages", true), ...readGroup(root, "services", false)];
  if (plans.length === 0) {
    throw new LaunchError(`No service found in ${root}/services: run this from the project's folder.`);
  }
  checkNames(plans);
  checkPorts(plans);
  return plans;
}

function readGroup(root: string, group: string, optional: boolean): ServicePlan[] {
  const parent = join(root, group);
  if (!existsSync(parent)) return [];
  return readdirSync(parent)
    .toSorted()
    .flatMap((entry) => readPlan(join(parent, entry), `${group}/${entry}/package.json`, optional));
}

function readPlan(folder: string, shortPath: string, optional: boolean): ServicePlan[] {
  const file = join(folder, "package.json");
  if (!existsSync(file)) return [];
  const manifest = z
    .looseObject({ main: z.string().default("dist/main.js"), mall: z.unknown().optional() })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  if (manifest.mall === undefined) return [];
  const parsed = mallKey.safeParse(manifest.mall);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = ["mall", ...(issue?.path ?? [])].join(".");
    throw new LaunchError(`${shortPath} has a wrong "${field}" (${issue?.message}): correct it.`);
  }
  return [{ ...parsed.data, name: basename(folder), folder, main: join(folder, manifest.main), optional }];
}

function checkNames(plans: readonly ServicePlan[]): void {
  const names = new Set(plans.map(({ name }) => name));
  for (const { name, calls, delivers } of plans) {
    const unknown = [...calls, ...delivers].find((called) => !names.has(called));
    if (unknown) {
      throw new LaunchError(
        `The package.json of ${name} names "${unknown}" in its "mall" key, but there is no such service: correct the name or add the folder services/${unknown}.`,
      );
    }
  }
}

function checkPorts(plans: readonly ServicePlan[]): void {
  const owners = new Map<number, string>();
  for (const { name, port } of plans) {
    const other = owners.get(port);
    if (other) {
      throw new LaunchError(
        `${other} and ${name} both ask for port ${port}: give one of them another in its package.json.`,
      );
    }
    owners.set(port, name);
  }
}
