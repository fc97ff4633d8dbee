import { join } from "node:path";
import { type MallDatabase, runEmbeddedDatabase, useDatabase } from "./database.ts";
import { writeFaultFile } from "./fault-file.ts";
import type { Mall, MallOptions } from "./mall.ts";
import { readPasswords } from "./passwords.ts";
import { freePorts } from "./ports.ts";
import { checkBuilt, checkPortsFree, type PortNeed } from "./preflight.ts";
import { endLeftover } from "./postgres/postmaster-file.ts";
import { createMall } from "./running-mall.ts";
import { readServicePlans, type ServicePlan } from "./service-plan.ts";
import { lockState, statePaths } from "./state-folder.ts";

const crashPatienceMs = 5_000;

/**
 * Starts PostgreSQL and every service as a process each, and returns while they come up: see `waitUntilReady`.
 * Throws LaunchError, with nothing left running, when something stands in the way.
 */
export async function startMall(options: MallOptions): Promise<Mall> {
  const plans = readServicePlans(options.root);
  const chosen = plans.filter(({ name }) => options.only?.includes(name) ?? true);
  checkBuilt(chosen);
  const lock = lockState(options.stateDir);
  try {
    writeFaultFile(statePaths(options.stateDir).faults, plans);
    await endLeftover(join(statePaths(options.stateDir).postgres, "data"));
    const ports = await assignPorts(plans, options);
    if (options.ports === "fixed") {
      await checkPortsFree(portNeeds(chosen, ports, options), lock.leftByCrash ? crashPatienceMs : 0);
    }
    const database = await openDatabase(chosen, ports.postgres, options);
    return createMall({ plans, chosen, ports: ports.services, database, options, release: lock.release });
  } catch (error) {
    lock.release();
    throw error;
  }
}

interface Ports {
  postgres: number;
  services: Record<string, number>;
}

async function assignPorts(plans: readonly ServicePlan[], options: MallOptions): Promise<Ports> {
  const { portOffset = 0, postgresPort = 5480 } = options;
  const wanted = [postgresPort, ...plans.map(({ port }) => port)].map((port) => port + portOffset);
  const [postgres = 0, ...services] = options.ports === "free" ? await freePorts(wanted.length) : wanted;
  return { postgres, services: Object.fromEntries(plans.map(({ name }, at) => [name, services[at] ?? 0])) };
}

function portNeeds(chosen: readonly ServicePlan[], ports: Ports, { databaseUrl }: MallOptions): PortNeed[] {
  const beside = "run the mall on other ports with MALL_PORT_OFFSET=100";
  const services = chosen.map(({ name }) => ({
    owner: name,
    port: ports.services[name] ?? 0,
    advice: beside,
  }));
  if (databaseUrl) return services;
  const server = {
    owner: "PostgreSQL",
    port: ports.postgres,
    advice: "choose another with MALL_POSTGRES_PORT",
  };
  return [server, ...services];
}

async function openDatabase(
  chosen: readonly ServicePlan[],
  port: number,
  { stateDir, databaseUrl, onEvent = () => {} }: MallOptions,
): Promise<MallDatabase> {
  const { passwords: passwordFile, postgres, logs } = statePaths(stateDir);
  const storing = chosen.filter(({ database }) => database).map(({ name }) => name);
  const passwords = readPasswords(passwordFile, storing);
  if (databaseUrl) return useDatabase(databaseUrl, passwords);
  return runEmbeddedDatabase({ folder: postgres, port, logs, passwords, onEvent });
}
