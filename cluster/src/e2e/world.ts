import type { Addresses, Backend } from "../backend.ts";
import { allWell } from "../deliver/applications.ts";
import { applicationCount } from "../deliver/first-delivery.ts";
import { commitTreeOf, headOfServed, revertCommit } from "../git/repository.ts";
import { waitFor } from "../machine/wait-for.ts";
import { sendPushWebhook } from "./argo-cd.ts";
import type { KubernetesApi } from "./kubernetes-api.ts";
import { commitVersions, type Version } from "./release.ts";
import type { Figures } from "./scenario.ts";
import { sendShoppers, type Shoppers } from "./shoppers.ts";
import type { Seconds, Timeline } from "./timeline.ts";
import { watchService, type WatchedService } from "./watch-service.ts";

/** Pages of about six requests each. */
const visitsPerSecond = 2;

/** What a scenario acts on and looks at. */
export class World {
  readonly figures: Figures = {};
  readonly backend: Backend;
  readonly api: KubernetesApi;
  readonly timeline: Timeline;
  readonly addresses: Addresses;
  readonly #end = new AbortController();
  #shoppers: Shoppers | undefined;

  constructor(backend: Backend, api: KubernetesApi, addresses: Addresses, timeline: Timeline) {
    this.backend = backend;
    this.api = api;
    this.addresses = addresses;
    this.timeline = timeline;
  }

  shoppers(): Shoppers {
    this.#shoppers ??= sendShoppers(this.addresses.storefront, visitsPerSecond, this.timeline);
    return this.#shoppers;
  }

  /** Follows a service until the scenario's end; resolves when its state is known. */
  async watch(service: string): Promise<WatchedService> {
    const watched = watchService(this.api, service, this.timeline, this.#end.signal);
    watched.ended.catch((error: unknown) =>
      this.timeline.note("e2e", `no longer sees ${service}: ${String(error)}`),
    );
    await waitFor(`the Rollout ${service}`, () => Promise.resolve(watched.state.image !== ""), {
      timeoutMs: 30_000,
    });
    return watched;
  }

  /** Pushes the commit that says what is to run, and tells Argo CD as GitHub would. Answers the commit and its time. */
  async push(...versions: Version[]): Promise<{ commit: string; at: Seconds }> {
    return this.#pushed(
      commitVersions(versions),
      `push: ${versions.map(({ service }) => service).join(", ")}`,
    );
  }

  async revert(commit: string): Promise<{ commit: string; at: Seconds }> {
    return this.#pushed(revertCommit(commit), "push: the revert");
  }

  /** What Git said before is what it says again; resolves when the cluster says it, too. */
  async restore(baseline: string): Promise<void> {
    try {
      await this.#shoppers?.leave();
      const head = await headOfServed();
      if (head !== baseline) await this.#pushed(commitTreeOf(baseline), "restore what was before");
      await allWell(applicationCount(), { commit: await headOfServed(), timeoutMs: 10 * 60_000 });
    } finally {
      this.#end.abort(); // or the connection to the API would not close while a watch is open
    }
  }

  async #pushed(work: Promise<string>, text: string): Promise<{ commit: string; at: Seconds }> {
    const before = await headOfServed();
    const commit = await work;
    const at = this.timeline.note("git", `${text} (${commit.slice(0, 12)})`);
    await sendPushWebhook(this.addresses.argocd, commit, before);
    return { commit, at };
  }
}
