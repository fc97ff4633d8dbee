import { join } from "node:path";
import type { MallDatabase } from "./database.ts";
import type { Mall, MallOptions } from "./mall.ts";
import { serviceEnvironment } from "./service-environment.ts";
import type { ServicePlan } from "./service-plan.ts";
import { ServiceProcess } from "./service-process.ts";
import { statePaths } from "./state-folder.ts";

export interface MallParts {
  /** Everything that could run, and of it what does. */
  plans: readonly ServicePlan[];
  chosen: readonly ServicePlan[];
  /** By service name. */
  ports: Record<string, number>;
  database: MallDatabase;
  options: MallOptions;
  /** Called once everything has ended. */
  release: () => void;
}

const stopWithinMs = 2_900;
const databaseStopMs = 400; // kept of it for PostgreSQL
/** OTLP over HTTP's registered port: whoever has it in the plans receives everybody's telemetry. */
const otlpPort = 4318;

const itsOwn = (_name: string, address: string): string => address;

/** Starts the services over a database that may still be starting. */
export function createMall({ plans, chosen, ports, database, options, release }: MallParts): Mall {
  const { root, stateDir, env, programs = {}, reachedAt = itsOwn, onEvent = () => {} } = options;
  let restarts = options.restarts ?? true;
  let stopping: Promise<void> | undefined;
  const paths = statePaths(stateDir);
  const urls = Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [name, reachedAt(name, `http://127.0.0.1:${port}`)]),
  );
  const collector = plans.find(({ port }) => port === otlpPort);
  // Whoever is not started would only be reported as down.
  const scraped = Object.fromEntries(
    chosen.filter((plan) => plan !== collector).map(({ name }) => [name, urls[name] ?? ""]),
  );

  const services = chosen.map((planned) => {
    const plan = { ...planned, main: programs[planned.name] ?? planned.main };
    const databaseUrl = plan.database ? reachedAt("postgresql", database.urlFor(plan.name)) : undefined;
    const port = ports[plan.name] ?? plan.port;
    return new ServiceProcess({
      plan,
      root,
      port,
      databaseUrl,
      env: serviceEnvironment(plan, port, {
        urls,
        databaseUrl,
        collectorUrl: urls[collector?.name ?? ""] ?? `http://127.0.0.1:${otlpPort}`,
        isCollector: planned === collector,
        scraped,
        faultsFile: paths.faults,
        inherited: { ...process.env, ...env },
      }),
      logFile: join(paths.logs, `${plan.name}.log`),
      mayRestart: () => restarts,
      onEvent,
    });
  });
  // A first start on 2 cores is 3 s faster when the making of the databases need not compete with every service.
  // Who calls others waits too: it could only fail until they are there.
  const needsNobody = new Set(
    chosen.filter((plan) => !plan.database && plan.calls.length === 0).map((plan) => plan.name),
  );
  for (const service of services.filter(({ name }) => needsNobody.has(name))) service.spawn();
  const spawned = spawnTheRest();
  spawned.catch(() => {}); // whoever waits is told

  async function spawnTheRest(): Promise<void> {
    await database.provisioned;
    if (stopping) return;
    for (const service of services.filter(({ name }) => !needsNobody.has(name))) service.spawn();
  }
  async function stopAll(): Promise<void> {
    const deadline = Date.now() + stopWithinMs;
    await Promise.all(services.map((service) => service.stop(stopWithinMs - databaseStopMs)));
    await database.stop(Math.max(0, deadline - Date.now()));
    release();
  }
  function stop(): Promise<void> {
    stopping ??= stopAll();
    return stopping;
  }

  return {
    services: Object.fromEntries(services.map((service) => [service.name, service])),
    database,
    get restarts() {
      return restarts;
    },
    set restarts(on) {
      restarts = on;
    },
    async waitUntilReady(timeoutMs) {
      await spawned;
      const needed = services.filter(({ optional, wanted }) => wanted && !optional);
      await Promise.all(needed.map((service) => service.untilReady(timeoutMs)));
    },
    stop,
    async stopNow() {
      const stopped = stop();
      for (const service of services) service.kill("SIGKILL");
      await database.stop(0);
      await stopped;
    },
  };
}
