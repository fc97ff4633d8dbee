import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DeliveryError } from "../delivery-error.ts";
import type { Release } from "./release.ts";
import { parseRelease } from "./release-file.ts";

/** The environments in the order in which a release walks through them. */
export const environments = ["dev", "staging", "prod"] as const;
export type Environment = (typeof environments)[number];
/** The one of `npm run cluster`: nothing is promoted to it or from it, but a release can fail there as well. */
export const localEnvironment = "local";

/** One service in one environment, by where its release is written. */
export interface Leaf {
  readonly environment: string;
  readonly service: string;
}

/** The file of a leaf that only the pipeline writes, relative to the repository. */
export const releaseFile = ({ environment, service }: Leaf): string =>
  `overlays/${environment}/${service}/release/kustomization.yaml`;

const releaseFilePattern = /^overlays\/([^/]+)\/([^/]+)\/release\/kustomization\.yaml$/;

/** The leaf that a file in the repository is the release of, if it is one. */
export function leafOf(file: string): Leaf | undefined {
  const [, environment, service] = releaseFilePattern.exec(file) ?? [];
  return environment && service ? { environment, service } : undefined;
}

/** Every leaf of the work tree, by environment and name. */
export function leavesIn(root: string, environment: string): Leaf[] {
  return servicesIn(root, environment)
    .map((service) => ({ environment, service }))
    .filter((leaf) => existsSync(join(root, releaseFile(leaf))));
}

/** Reads what the work tree says of a leaf. */
export async function readRelease(root: string, leaf: Leaf): Promise<Release> {
  const file = releaseFile(leaf);
  return parseRelease(await readFile(join(root, file), "utf8"), file);
}

export function asEnvironment(name: string): Environment {
  const environment = environments.find((known) => known === name);
  if (!environment)
    throw new DeliveryError(`There is no environment "${name}": it is one of ${environments.join(", ")}.`);
  return environment;
}

function servicesIn(root: string, environment: string): string[] {
  const folder = join(root, "overlays", environment);
  if (!existsSync(folder)) throw new DeliveryError(`There is no folder overlays/${environment}.`);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}
