/** What a leaf says runs in its environment: one image, built from one source commit. */
export interface Release {
  /** Registry and name, without tag: `ghcr.io/<owner>/mall-cart`. */
  readonly image: string;
  /** The source commit, 40 hexadecimal digits. It is the image's tag. */
  readonly commit: string;
  /** `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

export const unreleasedCommit = "0".repeat(40);
export const unreleasedDigest = `sha256:${"0".repeat(64)}`;

/** Zeros stand where nothing has been built yet. */
export const isReleased = ({ commit, digest }: Pick<Release, "commit" | "digest">): boolean =>
  commit !== unreleasedCommit && digest !== unreleasedDigest;

/** The short form that people, labels, dashboards and branch names use. */
export const versionOf = (commit: string): string => commit.slice(0, 12);

export const isCommit = (text: string): boolean => /^[0-9a-f]{40}$/.test(text);
export const isDigest = (text: string): boolean => /^sha256:[0-9a-f]{64}$/.test(text);
