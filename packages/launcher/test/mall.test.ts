import { afterEach, describe, expect, test } from "@jest/globals";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Mall, type MallEvent, type MallOptions, startMall } from "../src/index.ts";
import { isAlive } from "../src/processes.ts";
import { doomed, type FixtureService, givenProject, type Project, stubborn } from "./support/project.ts";

describe("a running mall", () => {
  let project: Project;
  let mall: Mall | undefined;
  let events: MallEvent[];

  afterEach(async () => {
    await mall?.stop();
    mall = undefined;
    project.remove();
  });

  test("gives each service its port, its database, its neighbours and its place for telemetry", async () => {
    await givenMall({
      "env-cart": { mall: { port: 8008, database: true, calls: ["env-product"], delivers: ["env-info"] } },
      "env-product": { mall: { port: 8007, database: false, calls: [] } },
      "env-info": { mall: { port: 8010, database: false, calls: [] } },
    });

    const cart = mall?.services["env-cart"];
    const { env, cwd, telemetry } = await environmentOf("env-cart");

    expect(env).toMatchObject({
      HOST: "127.0.0.1",
      PORT: String(cart?.port),
      DATABASE_URL: cart?.databaseUrl,
      ENV_PRODUCT_URL: mall?.services["env-product"]?.url,
      ENV_INFO_URL: mall?.services["env-info"]?.url,
      OTEL_SERVICE_NAME: "env-cart",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
      OTEL_METRICS_EXPORTER: "none",
      OTEL_LOGS_EXPORTER: "otlp",
      OTEL_NODE_RESOURCE_DETECTORS: "env",
      FAULTS_FILE: join(project.stateDir, "faults.flagd.json"),
      PATH: process.env["PATH"],
    });
    expect({ cwd, telemetry }).toEqual({ cwd: project.root, telemetry: true });
    expect((await environmentOf("env-product")).env).not.toHaveProperty("DATABASE_URL");
    expect(statSync(join(project.stateDir, "passwords.json")).mode & 0o777).toBe(0o600);
  });

  test("whoever receives the telemetry, and nobody else, is told whose metrics to scrape", async () => {
    await givenMall(
      {
        collector: { mall: { port: 4318, database: false, calls: [] } },
        one: simple,
        two: { mall: { ...simple.mall, port: 8002 } },
        asleep: { mall: { ...simple.mall, port: 8003 } },
      },
      { only: ["collector", "one", "two"] },
    );

    const { env } = await environmentOf("collector");

    expect(env).toMatchObject({
      METRICS_TARGETS: `one=${mall?.services["one"]?.url}/metrics,two=${mall?.services["two"]?.url}/metrics`,
      OTEL_TRACES_EXPORTER: "none",
    });
    expect((await environmentOf("one")).env).not.toHaveProperty("METRICS_TARGETS");
  });

  test("an endpoint for telemetry that is already set wins over the launcher's own", async () => {
    await givenMall({ solo: simple }, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9" } });

    expect((await environmentOf("solo")).env).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
    });
  });

  test("starts with every fault switched off, whatever was on when it was stopped", async () => {
    await givenMall({ only: simple });
    const file = join(project.stateDir, "faults.flagd.json");
    const allOff = readFileSync(file, "utf8");
    writeFileSync(file, allOff.replace('"defaultVariant": "off"', '"defaultVariant": "slow"'));
    await mall?.stop();

    mall = await startMall({ root: project.root, stateDir: project.stateDir, ports: "free" });

    expect(allOff).toContain("only.latency");
    expect(readFileSync(file, "utf8")).toBe(allOff);
  });

  test("a service that is killed is restarted, and is itself again", async () => {
    await givenMall({ phoenix: simple });
    const first = mall?.services["phoenix"]?.pid;

    mall?.services["phoenix"]?.kill("SIGKILL");
    await mall?.services["phoenix"]?.untilReady();

    expect(mall?.services["phoenix"]?.pid).not.toBe(first);
    expect((await environmentOf("phoenix")).env).toMatchObject({ OTEL_SERVICE_NAME: "phoenix" });
    expect(events).toContainEqual(
      expect.objectContaining({ type: "died", reason: "killed by SIGKILL", restartInMs: 200 }),
    );
  });

  test("a service that keeps dying is restarted more and more slowly, with its last words", async () => {
    await givenMall({ doomed: { mall: simple.mall, program: doomed } }, {}, false);

    await until(() => deaths().length >= 3);

    expect(deaths().slice(0, 3)).toEqual(
      [200, 400, 800].map((restartInMs) => ({
        type: "died",
        name: "doomed",
        reason: "exit code 3",
        lastLines: ["the card reader is unplugged"],
        restartInMs,
      })),
    );
    await expect(mall?.waitUntilReady(10)).rejects.toThrow(
      /doomed is not ready after .*card reader is unplugged/,
    );
  });

  test("with restarts off, what dies stays down until it is started", async () => {
    await givenMall({ mortal: simple }, { restarts: false });
    const mortal = mall?.services["mortal"];

    mortal?.kill("SIGKILL");
    await until(() => deaths().length === 1);
    await new Promise((resolve) => setTimeout(resolve, 400));

    expect(mortal?.pid).toBeUndefined();
    await mortal?.start();
    expect((await environmentOf("mortal")).env).toMatchObject({ OTEL_SERVICE_NAME: "mortal" });
  });

  test("a service stopped on purpose stays down, and comes back when it is started", async () => {
    await givenMall({ paused: simple, beside: { mall: { ...simple.mall, port: 8002 } } });

    await mall?.services["paused"]?.stop();

    expect(mall?.services["paused"]?.pid).toBeUndefined();
    await mall?.waitUntilReady();
    await mall?.services["paused"]?.start();
    expect(deaths()).toEqual([]);
  });

  test("only the services asked for are started", async () => {
    await givenMall(
      { one: { mall: { ...simple.mall, calls: ["two"] } }, two: { mall: { ...simple.mall, port: 8002 } } },
      { only: ["one"] },
    );

    expect(Object.keys(mall?.services ?? {})).toEqual(["one"]);
    expect((await environmentOf("one")).env).toHaveProperty("TWO_URL");
  });

  test("stop ends a service that does not listen, within 3 s", async () => {
    await givenMall({ stubborn: { mall: simple.mall, program: stubborn } }, {}, false);
    const pid = mall?.services["stubborn"]?.pid ?? 0;
    await until(() => readFileSync(mall?.services["stubborn"]?.logFile ?? "", "utf8").includes("I stay"));

    const startedAt = Date.now();
    await mall?.stop();

    expect(Date.now() - startedAt).toBeLessThan(3_000);
    expect(isAlive(pid)).toBe(false);
  });

  const simple = { mall: { port: 8001, database: false, calls: [] as string[] } };

  async function givenMall(
    services: Record<string, FixtureService>,
    options: Partial<MallOptions> = {},
    ready = true,
  ): Promise<void> {
    project = givenProject(services);
    events = [];
    mall = await startMall({
      root: project.root,
      stateDir: project.stateDir,
      ports: "free",
      databaseUrl: process.env["TEST_POSTGRES_URL"],
      onEvent: (event) => events.push(event),
      ...options,
    });
    if (ready) await mall.waitUntilReady();
  }

  async function environmentOf(name: string): Promise<Record<string, unknown>> {
    const answer = await fetch(mall?.services[name]?.url ?? "");
    return (await answer.json()) as Record<string, unknown>;
  }

  function deaths(): MallEvent[] {
    return events.filter(({ type }) => type === "died");
  }
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
