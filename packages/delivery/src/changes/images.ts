import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** An image that the pipeline builds, with what it is made of. Paths that end in "/" are folders. */
export interface Image {
  readonly name: string;
  readonly sources: readonly string[];
}

/**
 * What every image is made of: the kit and the telemetry in front of it, the packages, the bundler and the Dockerfile
 * with what it runs.
 */
export const sharedSources = [
  "packages/kit/",
  "package.json",
  "package-lock.json",
  "bundle.mjs",
  "tsconfig.base.json",
  "services/Dockerfile",
  "services/Dockerfile.dockerignore",
  "services/image-contents.mjs",
] as const;

/** The images of a work tree: one per service, and the observatory, which carries the alerts' rules. */
export function imagesOf(root: string): Image[] {
  const services = readdirSync(join(root, "services"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, "services", entry.name, "package.json")))
    .map(({ name }) => ({ name, sources: [`services/${name}/`] }));
  const observatory = { name: "observatory", sources: ["packages/observatory/", "base/alerts/rules/"] };
  return [...services, observatory].toSorted((one, other) => one.name.localeCompare(other.name));
}

/** What the Dockerfile's build context leaves out. */
const notInImages = /(^|\/)(test|bench)\/|\.md$/;

/** The names of the images that a change of these files changes, in the catalogue's order. */
export function imagesChangedBy(files: readonly string[], catalogue: readonly Image[]): string[] {
  const relevant = files.filter((file) => !notInImages.test(file));
  if (relevant.some((file) => isPartOf(file, sharedSources))) return catalogue.map(({ name }) => name);
  return catalogue
    .filter(({ sources }) => relevant.some((file) => isPartOf(file, sources)))
    .map(({ name }) => name);
}

const isPartOf = (file: string, sources: readonly string[]): boolean =>
  sources.some((source) => (source.endsWith("/") ? file.startsWith(source) : file === source));
