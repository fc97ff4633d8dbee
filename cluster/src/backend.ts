export interface ImageBuild {
  /** With tag. */
  name: string;
  dockerfile: string;
  context: string;
  args: Readonly<Record<string, string>>;
  /** Whether its steps are worth keeping for the next build. */
  cached: boolean;
}

export interface Addresses {
  storefront: string;
  argocd: string;
  prometheus: string;
  observatory: string;
}

/** A way to run a cluster. What runs in it is the same. */
export interface Backend {
  readonly name: "bare" | "kind";
  /** What is missing on this machine, each in one sentence that says what to do; empty when nothing is. */
  missing(): Promise<string[]>;
  /** What `up` will take, in sentences. */
  needs(): Promise<string[]>;
  /** Brings up Kubernetes. Idempotent: what is up is left alone. */
  up(): Promise<void>;
  /** Argo CD, Argo Rollouts, Istio, Prometheus and a Git server for the work tree. Idempotent. */
  installPlatform(): Promise<void>;
  /** Leaves nothing behind but the cache. */
  down(): Promise<void>;
  isUp(): Promise<boolean>;
  /** In sentences: what does not run as it should; empty when all is well. */
  problems(): Promise<string[]>;
  /** Builds an image and makes it known to the cluster's node by tag and by digest; answers the digest. */
  buildImage(build: ImageBuild): Promise<string>;
  /** Ends a container's first process as `kill -9` does. @param id as Kubernetes has it, after `containerd://` */
  killContainer(id: string): Promise<void>;
  /** This machine's address, as pods know it. */
  hostAddress(): Promise<string>;
  /** Where pages and APIs are reached from this machine, by name; `storefront` is the gateway. */
  addresses(): Promise<Addresses>;
}
