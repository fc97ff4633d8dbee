import { z } from "zod";
import type { Addresses, Backend } from "../backend.ts";
import { allWell } from "../deliver/applications.ts";
import { applicationCount } from "../deliver/first-delivery.ts";
import {
  commitFiles,
  commitTreeOf,
  type FileChange,
  headOfServed,
  readServed,
  revertCommit,
} from "../git/repository.ts";
import { waitFor } from "../machine/wait-for.ts";
import { sendPushWebhook } from "./argo-cd.ts";
import type { GitHub } from "./github.ts";
import type { KubernetesApi } from "./kubernetes-api.ts";
import { mergeProposal, type Promotion, type Proposal, proposePromotion, proposeRevert } from "./proposal.ts";
import { commitVersions, type Version } from "./release.ts";
import type { Figures } from "./scenario.ts";
import { sendShoppers, type Shoppers } from "./shoppers.ts";
import type { Seconds, Timeline } from "./timeline.ts";
import { watchService, type WatchedService } from "./watch-service.ts";

/** Pages of about six requests each. */
const visitsPerSecond = 2;
const messageTimeoutMs = 60_000;

export interface Surroundings {
  backend: Backend;
  api: KubernetesApi;
  addresses: Addresses;
  timeline: Timeline;
  github: GitHub;
}

/** What a scenario acts on and looks at. */
export class World {
  readonly figures: Figures = {};
  readonly backend: Backend;
  readonly api: KubernetesApi;
  readonly timeline: Timeline;
  readonly addresses: Addresses;
  readonly #github: GitHub;
  readonly #end = new AbortController();
  #shoppers: Shoppers | undefined;

  constructor({ backend, api, addresses, timeline, github }: Surroundings) {
    this.backend = backend;
    this.api = api;
    this.addresses = addresses;
    this.timeline = timeline;
    this.#github = github;
  }

  shoppers(perSecond = visitsPerSecond): Shoppers {
    this.#shoppers ??= sendShoppers(this.addresses.storefront, perSecond, this.timeline);
    return this.#shoppers;
  }

  /** Follows a service until the scenario's end; resolves when its state is known. */
  async watch(service: string, environment = "local"): Promise<WatchedService> {
    const watched = watchService(this.api, { service, environment }, this.timeline, this.#end.signal);
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
    return this.pushTo("local", ...versions);
  }

  /** As `push`, where another environment's releases are written. */
  async pushTo(environment: string, ...versions: Version[]): Promise<{ commit: string; at: Seconds }> {
    return this.#pushed(
      commitVersions(versions, environment),
      `push: ${versions.map(({ service }) => service).join(", ")}`,
    );
  }

  /** Pushes a commit that changes files; what becomes of each is told by its text. */
  async change(
    message: string,
    edits: Readonly<Record<string, (text: string) => string>>,
  ): Promise<{ commit: string; at: Seconds }> {
    const changes = Object.entries(edits).map(async ([path, edit]) => {
      const before = await readServed(path);
      const text = edit(before);
      if (text === before) throw new Error(`${message}: nothing is changed in ${path}.`);
      return { path, text };
    });
    return this.write(message, await Promise.all(changes));
  }

  /** Pushes a commit with files as they are to be. */
  async write(message: string, files: readonly FileChange[]): Promise<{ commit: string; at: Seconds }> {
    return this.#pushed(commitFiles(files, message), `push: ${message}`);
  }

  async revert(commit: string): Promise<{ commit: string; at: Seconds }> {
    return this.#pushed(revertCommit(commit), "push: the revert");
  }

  /** What the pipeline makes of a controller's message: a branch that takes the release back. Waits for the message. */
  async proposedRevert(
    event: "rollout-aborted" | "sync-failed",
    service: string,
    timeoutMs = messageTimeoutMs,
  ): Promise<Proposal> {
    const message = await this.#github.told({ event, service, environment: "local" }, timeoutMs);
    return this.#proposed(proposeRevert(message));
  }

  /** The commit that is all of a service in an environment, as a controller tells GitHub when a canary has come through. */
  async completed(service: string, environment: string): Promise<string> {
    const message = await this.#github.told(
      { event: "rollout-completed", service, environment },
      messageTimeoutMs,
    );
    return z.string().parse(message.client_payload["commit"]);
  }

  /** What the pipeline makes of that, or of somebody's wish: a branch that takes a release to the next environment. */
  async proposedPromotion(promotion: Promotion): Promise<Proposal> {
    return this.#proposed(proposePromotion(promotion));
  }

  async merge(proposal: Proposal): Promise<{ commit: string; at: Seconds }> {
    return this.#pushed(mergeProposal(proposal), `merged: ${proposal.branch}`);
  }

  /** Resolves when the cluster is as Git says. */
  async settled(timeoutMs = 5 * 60_000): Promise<void> {
    await allWell(applicationCount(), { commit: await headOfServed(), timeoutMs });
  }

  /** What Git said before is what it says again; resolves when the cluster says it, too. */
  async restore(baseline: string): Promise<void> {
    try {
      await this.#shoppers?.leave();
      const head = await headOfServed();
      if (head !== baseline) await this.#pushed(commitTreeOf(baseline), "restore what was before");
      await this.settled(10 * 60_000);
    } finally {
      this.#end.abort(); // or the connection to the API would not close while a watch is open
    }
  }

  async #proposed(work: Promise<Proposal>): Promise<Proposal> {
    const proposal = await work;
    this.timeline.note("git", `proposed: ${proposal.title}`);
    return proposal;
  }

  async #pushed(work: Promise<string>, text: string): Promise<{ commit: string; at: Seconds }> {
    const before = await headOfServed();
    const commit = await work;
    const at = this.timeline.note("git", `${text} (${commit.slice(0, 12)})`);
    await sendPushWebhook(this.addresses.argocd, commit, before);
    return { commit, at };
  }
}
