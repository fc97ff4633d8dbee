import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Mall, readServicePlans, startMall } from "@mall/launcher";
import { serviceQuery, type ServiceQuery } from "../support/service-query.ts";
import { layWire, type Wire } from "./wires.ts";

const projectRoot = join(import.meta.dirname, "../..");
const database = "postgresql";

export interface WiredMall {
  mall: Mall;
  /** By process, "postgresql" included: what everybody else has to go through to reach it. */
  wires: ReadonlyMap<string, Wire>;
  /** Of a service, through its wire. */
  url: (name: string) => string;
  /** SQL as a service's own role. */
  query: ServiceQuery;
  stop(): Promise<void>;
}

/** The mall as `npm start` runs it, with a wire before each process. `programs` replaces a service's own program. */
export async function startWiredMall(programs: Readonly<Record<string, string>>): Promise<WiredMall> {
  const stateDir = await mkdtemp(join(tmpdir(), "mall-chaos-"));
  const names = [...readServicePlans(projectRoot).map(({ name }) => name), database];
  const wires = new Map(await Promise.all(names.map(async (name) => [name, await layWire()] as const)));
  const wireTo = (name: string): Wire => {
    const wire = wires.get(name);
    if (!wire) throw new Error(`there is no process ${name}`);
    return wire;
  };

  const mall = await startMall({
    root: projectRoot,
    stateDir,
    ports: "free",
    programs,
    reachedAt(name, address) {
      const url = new URL(address);
      const wire = wireTo(name);
      wire.leadTo(Number(url.port));
      url.port = String(wire.port);
      return url.href.replace(/\/$/, "");
    },
    env: { RESTOCK_SECONDS: "0", OTEL_TRACES_SAMPLER: "always_on" },
  });
  await mall.waitUntilReady(60_000);

  return {
    mall,
    wires,
    url: (name) => `http://127.0.0.1:${wireTo(name).port}`,
    query: serviceQuery(mall),
    async stop() {
      for (const wire of wires.values()) wire.mend();
      await mall.stop();
      for (const wire of wires.values()) wire.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** All processes that a plan may strike. The observatory is one of them: nobody may depend on it. */
export const targetsOf = ({ wires }: WiredMall): string[] => [...wires.keys()].toSorted();

export const isDatabase = (name: string): boolean => name === database;
