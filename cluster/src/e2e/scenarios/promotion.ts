import { setTimeout as sleep } from "node:timers/promises";
import { releaseFile } from "@mall/delivery";
import { readServed } from "../../git/repository.ts";
import { waitFor } from "../../machine/wait-for.ts";
import { connectToArgoCd, steer } from "../argo-cd.ts";
import { withEnvironmentInstead } from "../environment-instead.ts";
import { expect } from "../expect.ts";
import { buildVersion, type Version } from "../release.ts";
import { endOfCanary, minute, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between } from "../shoppers.ts";
import type { WatchedService } from "../watch-service.ts";
import type { World } from "../world.ts";

/** Longer than a canary's last weight lasts here when nobody is waited for (base/components/canary-quick). */
const lastWeightMs = 50_000;
/** What a leaf of cart says of where its release is written. */
const [itsOwn, devs] = ["- ./release", "- ../../dev/cart/release"];

export const promotion: Scenario = {
  name: "promotion",
  title:
    "A release walks from dev to staging and prod by merged pull requests: the same digest, a canary in each, and prod waits for a person",

  async run(world) {
    const version = await buildVersion(world.backend, "cart", "none");
    await letLocalBeDev(world);
    await throughDev(world, version);
    await withEnvironmentInstead(world, "staging", () => throughStaging(world, version), asStaging);
    await withEnvironmentInstead(world, "prod", () => throughProd(world, version), asProd);
  },
};

/** What local's cart runs is what dev's release says, from now on: there is one machine for all. */
async function letLocalBeDev(world: World): Promise<void> {
  const leaf = "overlays/local/cart/kustomization.yaml";
  const [kustomization, release] = await Promise.all([
    readServed(leaf),
    readServed(releaseFile({ environment: "local", service: "cart" })),
  ]);
  await world.write("Let local run dev's cart", [
    { path: leaf, text: kustomization.replace(itsOwn, devs) },
    { path: releaseFile({ environment: "dev", service: "cart" }), text: release },
  ]);
}

async function throughDev(world: World, version: Version): Promise<void> {
  const dev = await world.watch("cart");
  const { shoppers, before } = await warmUp(world);
  const push = await world.pushTo("dev", version);
  const at = await cameThrough(world, "dev", dev, version);
  const commit = await world.completed("cart", "local");
  expect(commit === version.commit, "what came through in dev is what GitHub was told of");

  const users = between(before, await shoppers.leave());
  Object.assign(world.figures, {
    "push to 100 % of dev": seconds(push.at, at),
    "dev's failed requests": `${users.failed} of ${users.total}`,
  });
  expect(users.failed === 0, `no request failed (${users.failed} did)`);
}

async function throughStaging(world: World, version: Version): Promise<void> {
  const staging = await world.watch("cart", "staging");
  const { commit } = version;
  const proposal = await world.proposedPromotion({ service: "cart", from: "dev", to: "staging", commit });
  expect(proposal.text.includes(version.digest), `the pull request names the digest: ${proposal.text}`);
  const merge = await world.merge(proposal);
  const at = await cameThrough(world, "staging", staging, version);
  world.figures["merge to 100 % of staging"] = seconds(merge.at, at);
  expect(staging.state.firstWeightAt !== undefined, "staging had a canary of its own");
}

async function throughProd(world: World, version: Version): Promise<void> {
  const prod = await world.watch("cart", "prod");
  const [viewer, deployer] = await Promise.all([
    connectToArgoCd(world.addresses.argocd, "viewer"),
    connectToArgoCd(world.addresses.argocd, "deployer"),
  ]);
  const proposal = await world.proposedPromotion({ service: "cart", from: "staging", to: "prod" });
  await world.merge(proposal);
  await waitFor("prod's canary at half of the traffic", () => Promise.resolve(prod.state.weight === 50), {
    timeoutMs: 5 * minute,
  });
  await sleep(lastWeightMs);
  expect(prod.state.weight === 50 && prod.state.phase === "Paused", "prod waits for a person");
  const refused = await steer(viewer, "prod", "resume");
  expect(refused.status === 403, `a viewer may not say yes (${refused.status} ${refused.text})`);

  const { status, text } = await steer(deployer, "prod", "resume");
  const saidAt = world.timeline.note("argo cd", "a deployer says yes to prod");
  expect(status === 200, `a deployer may (${status} ${text})`);
  const at = await cameThrough(world, "prod", prod, version);
  world.figures["yes to 100 % of prod"] = seconds(saidAt, at);
}

/** Resolves with when the very image was all of an environment's cart; throws when it was aborted. */
async function cameThrough(
  world: World,
  environment: string,
  watched: WatchedService,
  version: Version,
): Promise<number> {
  const { end, at } = await endOfCanary(world, watched, version);
  expect(end === "at 100 %", `it came through in ${environment} (${watched.state.message})`);
  expect(watched.state.image.endsWith(version.digest), `${environment} runs the same digest`);
  return at;
}

/** Local's cart runs dev's release; the others run what is promoted to them. */
const asStaging = (_path: string, text: string): string => text.replace(devs, itsOwn);

/** Prod's own last step is a person. */
const asProd = (path: string, text: string): string =>
  path === "base/environments/prod/service/kustomization.yaml"
    ? text.replace("/canary-quick\n", "/canary-quick\n  - ../../../components/canary-approved\n")
    : asStaging(path, text);
