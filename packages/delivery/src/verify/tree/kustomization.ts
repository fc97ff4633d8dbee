import { posix } from "node:path";
import { isObject } from "./manifest.ts";

/** A `kustomization.yaml`, read as text only: what it names, not what it renders. */
export interface Kustomization {
  /** Relative to the repository. */
  readonly file: string;
  /** A Component is rendered only as part of those that take it. */
  readonly isComponent: boolean;
  readonly content: Readonly<Record<string, unknown>>;
}

export const folderOf = ({ file }: Kustomization): string => posix.dirname(file);

/** Paths and addresses that stand in a list of a kustomization, as they are written. */
const listed = (content: Kustomization["content"], field: string): string[] => {
  const entries = content[field];
  return Array.isArray(entries) ? entries.filter((entry) => typeof entry === "string") : [];
};

/** A base or resource on another machine: `https://…`, `github.com/…?ref=…`. */
export const isRemote = (entry: string): boolean => /^[a-z+]+:\/\/|^git@|\?ref=|^github\.com\//.test(entry);

/** Folders and files that it builds on, relative to the repository; remote ones as they are written. */
export function basesOf(kustomization: Kustomization): string[] {
  const { content } = kustomization;
  return [...listed(content, "resources"), ...listed(content, "components"), ...listed(content, "bases")].map(
    (entry) => resolved(kustomization, entry),
  );
}

/** Every file that it takes besides `basesOf`: patches, generators' files, configurations, transformers. */
export function filesOf(kustomization: Kustomization): string[] {
  const { content } = kustomization;
  const plain = [
    ...[
      "configurations",
      "transformers",
      "generators",
      "validators",
      "crds",
      "patchesStrategicMerge",
    ].flatMap((field) => listed(content, field)),
    ...objects(content["patches"]).flatMap(({ path }) => text(path)),
    ...objects(content["replacements"]).flatMap(({ path }) => text(path)),
    ...(isObject(content["openapi"]) ? text(content["openapi"]["path"]) : []),
  ];
  const generated = [
    ...objects(content["configMapGenerator"]),
    ...objects(content["secretGenerator"]),
  ].flatMap((generator) => [
    ...listed(generator, "files").map((entry) => entry.slice(entry.indexOf("=") + 1)),
    ...listed(generator, "envs"),
    ...text(generator["env"]),
  ]);
  // A transformer may be written in place of its path.
  return [...plain, ...generated]
    .filter((entry) => !entry.includes("\n"))
    .map((entry) => resolved(kustomization, entry));
}

export interface ImageEntry {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

export const imagesOf = ({ content }: Kustomization): ImageEntry[] =>
  objects(content["images"]).filter(
    (entry): entry is Record<string, unknown> & ImageEntry => typeof entry["name"] === "string",
  );

function resolved(kustomization: Kustomization, entry: string): string {
  return isRemote(entry)
    ? entry
    : posix.normalize(posix.join(folderOf(kustomization), entry)).replace(/\/$/, "");
}

const objects = (value: unknown): Record<string, unknown>[] =>
  Array.isArray(value) ? value.filter(isObject) : [];
const text = (value: unknown): string[] => (typeof value === "string" ? [value] : []);
