import { runTraffic, buyFromCart } from "@mall/loadgenerator";
import { waitFor } from "../../machine/wait-for.ts";
import { kubectl } from "../../kubectl.ts";
import { expect } from "../expect.ts";
import { buildVersion, type Version } from "../release.ts";
import { endOfCanary, minute, warmUp } from "../rollout-steps.ts";
import type { Scenario } from "../scenario.ts";
import { readTraces, type Trace, versionsOf } from "../traces.ts";
import { mallNamespace, type WatchedService } from "../watch-service.ts";
import type { World } from "../world.ts";

const release = "cart:canary.checkout:canary";
const purchases = 4;

export const multiServiceCanary: Scenario = {
  name: "multi-service-canary",
  title:
    "While cart and checkout are canaries at once, whoever names both meets both, and nobody else meets either",

  async run(world) {
    const versions = [
      await buildVersion(world.backend, "cart", "none"),
      await buildVersion(world.backend, "checkout", "none"),
    ];
    const watched = await Promise.all(versions.map(({ service }) => world.watch(service)));
    const { shoppers } = await warmUp(world);
    await world.push(...versions);
    const { named, others } = await whileHeld(world, watched, async () => {
      const from = Date.now();
      await buy(world, `mall.release=${release}`);
      return {
        named: await tracesOf(world, { attr: `mall.release=${release}` }),
        others: (await tracesOf(world, { service: "checkout", from: String(from) })).filter(isWithoutRelease),
      };
    });
    const ends = await Promise.all(
      versions.map((version, at) => endOfCanary(world, watched[at] as WatchedService, version)),
    );
    await shoppers.leave();

    const reached = named.filter(({ summary }) => summary.services.includes("checkout"));
    Object.assign(world.figures, {
      "traces of requests that named both": String(reached.length),
      "traces of everybody else's meanwhile": String(others.length),
    });
    expect(reached.length >= purchases, `the orders that name the canaries are found (${reached.length})`);
    expect(others.length > 0, "somebody else has been at checkout meanwhile");
    for (const version of versions) {
      expect(onlyMet(named, version), `all that name ${version.service}'s canary met it and nothing else`);
      expect(!others.some((trace) => met(trace, version)), `nobody else met ${version.service}'s canary`);
    }
    expect(
      ends.every(({ end }) => end === "at 100 %"),
      "both canaries got to 100 %",
    );
  },
};

const short = ({ commit }: Version): string => commit.slice(0, 12);
const met = (trace: Trace, version: Version): boolean =>
  versionsOf(trace, version.service).has(short(version));
const onlyMet = (traces: readonly Trace[], version: Version): boolean =>
  traces.every((trace) => {
    const versions = versionsOf(trace, version.service);
    return versions.size === 0 || (versions.size === 1 && versions.has(short(version)));
  });

const isWithoutRelease = ({ spans }: Trace): boolean =>
  !spans.some(({ attributes }) => new Map(attributes).has("mall.release"));

/** Between the route by baggage and the first weight there is no other way to a canary: holds it there meanwhile. */
async function whileHeld<Result>(
  world: World,
  watched: readonly WatchedService[],
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    await Promise.all(
      watched.map(async ({ state }) => {
        await waitFor("the route by baggage", () => Promise.resolve(state.byBaggage), {
          timeoutMs: 3 * minute,
        });
        await pause(state.service, true);
        expect(state.weight === 0, `${state.service} has no weight yet`);
        world.timeline.note("e2e", `holds ${state.service} before its first weight`);
      }),
    );
    return await run();
  } finally {
    for (const { state } of watched) await pause(state.service, false);
  }
}

async function pause(service: string, paused: boolean): Promise<void> {
  const patch = JSON.stringify({ spec: { paused } });
  await kubectl([
    `--namespace=${mallNamespace}`,
    "patch",
    "rollout",
    service,
    "--type=merge",
    "--patch",
    patch,
  ]);
}

/** Buys as a shopper who knows what they want. */
async function buy(world: World, baggage: string): Promise<void> {
  const { failed, problems } = await runTraffic({
    url: world.addresses.storefront,
    shoppers: 1,
    visits: purchases,
    durationMs: Infinity,
    seed: 7,
    baggage,
    only: { journey: "buys a cart", visit: buyFromCart },
  });
  expect(failed === 0, `everything could be bought (${problems[0]?.reason ?? ""})`);
}

/** Spans arrive a few seconds after what they tell of. */
async function tracesOf(world: World, search: Record<string, string>): Promise<Trace[]> {
  const traces = readTraces(world.addresses.observatory);
  const ids = await waitFor(
    `traces of ${JSON.stringify(search)}`,
    async () => {
      const found = await traces.find({ ...search, limit: "40" });
      return found.length >= purchases && found;
    },
    { timeoutMs: 30_000, everyMs: 1_000 },
  );
  const read = await Promise.all(ids.map((id) => traces.read(id)));
  return read.filter((trace) => trace !== undefined);
}
