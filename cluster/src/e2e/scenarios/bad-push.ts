import { setTimeout as sleep } from "node:timers/promises";
import { waitFor } from "../../machine/wait-for.ts";
import { expect } from "../expect.ts";
import type { Proposal } from "../proposal.ts";
import { buildVersion, type Fault, versionWithoutImage, type Version } from "../release.ts";
import { endOfCanary, healthyAgain, minute, seconds, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { between, failedPercent } from "../shoppers.ts";
import { readTraces } from "../traces.ts";
import type { World } from "../world.ts";

/** Goals: seconds from the first canary weight to the abort, and percent of all requests from the push to a minute after. */
const secondsToAbort = 10;
const mostFailedPercent = 0.5;

interface BadVersion {
  name: string;
  title: string;
  service: string;
  fault: Exclude<Fault, "none"> | "no image";
  /** Whether it fails in a way that the journey before the first customer meets. */
  isSeenBeforeCustomers: boolean;
  /** Whether it answers with errors, which traces show. */
  hasFailedTraces?: true;
}

const badVersions: readonly BadVersion[] = [
  {
    name: "bad-push-errors",
    title: "A version of cart that answers every other request with 500 is aborted by itself",
    service: "cart",
    fault: "half-errors",
    isSeenBeforeCustomers: true,
    hasFailedTraces: true,
  },
  {
    name: "bad-push-slow",
    title: "A version of cart that is five times slower is aborted by itself",
    service: "cart",
    fault: "slow",
    isSeenBeforeCustomers: false,
  },
  {
    name: "bad-push-wrong-content",
    title:
      "A version of cart that answers 200 with wrong quantities, so that nobody can buy, is aborted by itself",
    service: "cart",
    fault: "wrong-content",
    isSeenBeforeCustomers: true,
  },
  {
    name: "bad-push-crash-loop",
    title: "A version of cart that ends as it starts is aborted by itself",
    service: "cart",
    fault: "crash-loop",
    isSeenBeforeCustomers: true,
  },
  {
    name: "bad-push-no-image",
    title: "A version of currency whose image does not exist is aborted by itself",
    service: "currency", // it has no migration, which would not start either, and stop the sync before
    fault: "no image",
    isSeenBeforeCustomers: true,
  },
  {
    name: "bad-push-under-load",
    title: "A version of cart that works for its first requests only is aborted by itself",
    service: "cart",
    fault: "fails-under-load",
    isSeenBeforeCustomers: true,
    hasFailedTraces: true,
  },
];

export const badPushes: readonly Scenario[] = badVersions.map((bad) => ({
  name: bad.name,
  title: bad.title,
  run: (world) => pushBadVersion(world, bad),
}));

const build = (world: World, { service, fault }: BadVersion): Promise<Version> =>
  fault === "no image" ? versionWithoutImage(service) : buildVersion(world.backend, service, fault);

async function pushBadVersion(world: World, bad: BadVersion): Promise<void> {
  const { service, isSeenBeforeCustomers, hasFailedTraces } = bad;
  const version = await build(world, bad);
  const watched = await world.watch(service);
  const stable = watched.state.image;
  const { shoppers, before } = await warmUp(world);

  const push = await world.push(version);
  const { end, at: abortedAt } = await endOfCanary(world, watched, version);
  if (end !== "aborted") throw new Error("The bad version was let through to 100 %.");
  await waitFor("all traffic at the stable version", () => Promise.resolve(watched.state.weight === 0), {
    timeoutMs: minute,
  });
  const proposal = await world.proposedRevert("rollout-aborted", service);
  if (hasFailedTraces) await namesFailures(world, service, proposal);
  await sleep(minute - (world.timeline.now() - abortedAt) * 1_000);
  const users = between(before, shoppers.soFar());
  const { firstWeightAt, verdicts, message } = watched.state;
  const evidence = verdicts.map(({ metric }) => metric);
  Object.assign(world.figures, {
    "push to abort": seconds(push.at, abortedAt),
    "first weight to abort":
      firstWeightAt === undefined ? "it never had one" : seconds(firstWeightAt, abortedAt),
    "failed requests": `${users.failed} of ${users.total} (${failedPercent(users).toFixed(2)} %)`,
    "aborted by": verdicts.map(({ metric, value }) => `${metric} ${value}`).join(", ") || message,
    "proposed by itself": proposal.title,
    "with traces": proposal.traceIds.join(", ") || "none",
  });

  // Git is ahead of the cluster now; the revert makes both the same, and well.
  await world.merge(proposal);
  await healthyAgain(watched, stable);

  expect(users.total > 100, "the shoppers asked for more than a hundred pages");
  expect(
    evidence.every((metric) => proposal.text.includes(metric)),
    `the proposed revert names what was measured (${evidence.join(", ")}): ${proposal.text}`,
  );
  if (isSeenBeforeCustomers) {
    expect(firstWeightAt === undefined, "no customer was sent to the bad version");
    expect(users.failed === 0, `no user met it (${users.failed} requests failed)`);
    return;
  }
  expect(
    firstWeightAt === undefined || abortedAt - firstWeightAt <= secondsToAbort,
    `it was aborted within ${secondsToAbort} s of its first traffic`,
  );
  expect(
    failedPercent(users) < mostFailedPercent,
    `fewer than ${mostFailedPercent} % of the requests failed (${failedPercent(users).toFixed(2)} % did)`,
  );
}

/** The traces that a revert is proposed with can be opened, and are of requests that met the fault. */
async function namesFailures(world: World, service: string, { traceIds }: Proposal): Promise<void> {
  const { read } = readTraces(world.addresses.observatory);
  expect(traceIds.length > 0, "the proposed revert names traces of failed requests");
  for (const id of traceIds) {
    const trace = await read(id);
    expect(trace?.rootCause?.service === service, `trace ${id} says that ${service} was the cause`);
  }
}
