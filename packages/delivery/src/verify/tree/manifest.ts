/** What every object of a cluster has; the rest is read through the types of its kind (`kinds.ts`). */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** An object as Kustomize renders it, and where to look when it is wrong. */
export interface Rendered {
  readonly manifest: Manifest;
  /** The file that declares it; patches of other files may have changed it. Relative to the repository. */
  readonly file: string;
  /** The folder whose kustomization rendered it. Relative to the repository; "." is the repository itself. */
  readonly folder: string;
  /** Made by others, in a remote base that `file` names: only our patches of it are ours to judge. */
  readonly isForeign: boolean;
}

/** `Rollout/cart`: how a person names an object. */
export const nameOf = ({ manifest }: Rendered): string => `${manifest.kind}/${manifest.metadata.name}`;

/** The API group, "" for the core one. */
export const groupOf = ({ apiVersion }: Manifest): string =>
  apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
