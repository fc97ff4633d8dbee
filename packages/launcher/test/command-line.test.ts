import { afterEach, describe, expect, test } from "@jest/globals";
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { join } from "node:path";
import { databaseUrl } from "../src/postgres/provision-database.ts";
import { withClient } from "../src/postgres/client.ts";
import { tooOld } from "../src/node-version.ts";
import { freePorts } from "../src/ports.ts";
import { launch, type LauncherProcess, ownEnvironment, watched } from "./support/launcher-process.ts";
import { leftAfter, processesMentioning } from "./support/processes.ts";
import { type FixtureService, givenProject, type Project, stubborn } from "./support/project.ts";

let project: Project;
let launcher: LauncherProcess | undefined;
let squatter: Server | undefined;

afterEach(async () => {
  launcher?.child.kill("SIGKILL");
  await launcher?.ended;
  launcher = undefined;
  squatter?.close();
  squatter = undefined;
  expect(await leftAfter(8_000, project.root)).toEqual([]);
  project.remove();
});

describe("with PostgreSQL embedded", () => {
  test("kill -9 leaves no process behind, and the next start finds yesterday's rows", async () => {
    const [postgresPort = 0, port = 0] = await freePorts(2);
    const env = { MALL_POSTGRES_PORT: String(postgresPort) };
    // "starting" is still starting, and deaf, when the launcher dies.
    project = givenProject({
      shop: storing(port),
      starting: { mall: { port: 1, database: false, calls: [] }, program: stubborn },
    });
    launcher = launch(project, "start", env);
    await launcher.says(/shop ready[^]*postgres ready|postgres ready[^]*shop ready/);
    const { shop = "" } = JSON.parse(
      readFileSync(join(project.stateDir, "passwords.json"), "utf8"),
    ) as Record<string, string>;
    const url = databaseUrl(`postgres://127.0.0.1:${postgresPort}`, "shop", shop);
    await withClient(url, (client) => client.query("CREATE TABLE orders AS SELECT 42 AS id"));

    process.kill(launcher.pid, "SIGKILL");
    await launcher.ended;
    expect(await leftAfter(8_000, project.root)).toEqual([]);
    rmSync(join(project.root, "services/starting"), { recursive: true });

    launcher = launch(project, "start", env);
    await launcher.says(/The mall is up/);
    const { rows } = await withClient(url, (client) => client.query("SELECT id FROM orders"));
    expect(rows).toEqual([{ id: 42 }]);

    process.kill(launcher.pid, "SIGTERM");
    expect(await launcher.ended).toBe(0);
    expect(processesMentioning(project.root)).toEqual([]);

    launcher = launch(project, "start", env);
    await launcher.says(/The mall is up/);
    process.kill(launcher.pid, "SIGINT");
    process.kill(launcher.pid, "SIGTERM"); // the second is for people in a hurry
    expect(await launcher.ended).toBe(0);
    expect(processesMentioning(project.root)).toEqual([]);
  });
});

describe("with a database of one's own", () => {
  const env = { DATABASE_URL: process.env["TEST_POSTGRES_URL"] };

  test("tells the addresses, and stops everything on Ctrl-C", async () => {
    const [port = 0] = await freePorts(1);
    project = givenProject({ frontend: { mall: { port, database: false, calls: [] } } });
    launcher = launch(project, "start", env);

    await launcher.says(/Ctrl-C stops everything/);
    expect(launcher.output()).toContain(`Storefront   http://127.0.0.1:${port}`);
    expect(launcher.output()).toContain(`.mall/logs/<service>.log`);
    expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200);

    launcher.child.kill("SIGINT");
    expect(await launcher.ended).toBe(0);
    expect(processesMentioning(project.root)).toEqual([]);
  });

  test("a second Ctrl-C ends at once what takes its time", async () => {
    project = givenProject({
      slow: { mall: { port: (await freePorts(1))[0], database: false, calls: [] }, program: stubborn },
    });
    launcher = launch(project, "start", env);
    await until(
      () => existsSync(join(project.stateDir, "logs/slow.log")) && logOf("slow").includes("I stay"),
    );

    const startedAt = Date.now();
    launcher.child.kill("SIGINT");
    await launcher.says(/Stopping/);
    launcher.child.kill("SIGINT");

    expect(await launcher.ended).toBe(0);
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });

  test("kill -9 of the npm that started it stops everything too", async () => {
    const [port = 0] = await freePorts(1);
    project = givenProject({ frontend: { mall: { port, database: false, calls: [] } } });
    const main = join(__dirname, "../src/main.ts");
    const script = `true && "${process.execPath}" "${main}" --root "${project.root}" start`;
    writeFileSync(join(project.root, "package.json"), JSON.stringify({ scripts: { start: script } }));
    launcher = watched(
      spawn("npm", ["start"], { cwd: project.root, env: ownEnvironment(env), stdio: "pipe" }),
    );
    await launcher.says(/The mall is up/);

    process.kill(launcher.pid, "SIGKILL");

    expect(await leftAfter(8_000, project.root)).toEqual([]);
  });

  test("a second start names the first", async () => {
    project = givenProject({
      frontend: { mall: { port: (await freePorts(1))[0], database: false, calls: [] } },
    });
    launcher = launch(project, "start", env);
    await launcher.says(/The mall is up/);

    const second = launch(project, "start", env);

    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(
      new RegExp(`^error The mall is already running \\(pid ${launcher.pid}\\).*: stop it first`),
    );
  });

  test("reset refuses while the mall runs, and empties its state otherwise", async () => {
    project = givenProject({
      frontend: { mall: { port: (await freePorts(1))[0], database: false, calls: [] } },
    });
    launcher = launch(project, "start", env);
    await launcher.says(/The mall is up/);

    const refused = launch(project, "reset");
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/^error The mall is running \(pid \d+\).*then reset again/);
    expect(readdirSync(project.stateDir)).toContain("logs");

    launcher.child.kill("SIGTERM");
    await launcher.ended;
    const reset = launch(project, "reset");
    expect(await reset.ended).toBe(0);
    expect(readdirSync(project.stateDir)).toEqual([]);
  });
});

describe("says in one sentence, before anything is started, that", () => {
  test("a port is taken, and by whom", async () => {
    const [port = 0] = await freePorts(1);
    squatter = createServer().listen(port, "127.0.0.1");
    project = givenProject({ frontend: { mall: { port, database: false, calls: [] } } });

    expect(await failure()).toMatch(
      new RegExp(
        `^error Port ${port}, which frontend needs, is taken by .*\\(pid ${process.pid}\\): .*MALL_PORT_OFFSET=100`,
      ),
    );
  });

  test("PostgreSQL's port is taken", async () => {
    const [port = 0, postgresPort = 0] = await freePorts(2);
    squatter = createServer().listen(postgresPort, "127.0.0.1");
    project = givenProject({ frontend: { mall: { port, database: false, calls: [] } } });

    expect(await failure({ MALL_POSTGRES_PORT: String(postgresPort) })).toMatch(
      /which PostgreSQL needs.*MALL_POSTGRES_PORT/,
    );
  });

  test("the database cannot be reached", async () => {
    const [port = 0, nobodyThere = 0] = await freePorts(2);
    project = givenProject({ shop: storing(port) });

    expect(await failure({ DATABASE_URL: `postgres://me:secret@127.0.0.1:${nobodyThere}/x` })).toMatch(
      new RegExp(
        `^error The database at 127.0.0.1:${nobodyThere} cannot be used .*ECONNREFUSED.*: start it or correct DATABASE_URL`,
      ),
    );
  });

  test("the password is wrong, without repeating it", async () => {
    const [port = 0] = await freePorts(1);
    project = givenProject({ shop: storing(port) });
    const url = new URL(process.env["TEST_POSTGRES_URL"] ?? "");
    url.password = "hunter2";

    const said = await failure({ DATABASE_URL: url.href });

    expect(said).toMatch(/password authentication failed.*correct DATABASE_URL/);
    expect(said).not.toContain("hunter2");
  });

  test("nothing has been built", async () => {
    project = givenProject({ frontend: { mall: { port: 3000, database: false, calls: [] } } });
    rmSync(join(project.root, "services/frontend/dist"), { recursive: true });

    expect(await failure()).toMatch(/^error frontend is not built .*npm run build/);
  });

  test.each<[string, Record<string, FixtureService>, RegExp]>([
    [
      "has no port",
      { shop: { mall: { database: true, calls: [] } } },
      /services\/shop\/package.json has a wrong "mall.port"/,
    ],
    [
      "calls nobody",
      { shop: { mall: { port: 1, database: true, calls: ["x"] } } },
      /package.json of shop names "x"/,
    ],
    [
      "wants another's port",
      {
        a: { mall: { port: 1, database: true, calls: [] } },
        b: { mall: { port: 1, database: true, calls: [] } },
      },
      /a and b both ask for port 1/,
    ],
  ])("a service %s", async (_, services, sentence) => {
    project = givenProject(services);

    expect(await failure()).toMatch(sentence);
  });

  test("a setting is wrong", async () => {
    project = givenProject({});

    expect(await failure({ MALL_PORT_OFFSET: "many" })).toMatch(/^error MALL_PORT_OFFSET is wrong/);
  });

  test("Node is too old", () => {
    project = givenProject({});

    expect(["20.20.2", "22.22.3", "24.11.0"].map(tooOld)).toEqual(
      Array(3).fill(expect.stringContaining("npm start")),
    );
    expect(["24.11.1", "24.21.0", "26.0.0"].map(tooOld)).toEqual([undefined, undefined, undefined]);
  });
});

async function failure(env: Record<string, string> = {}): Promise<string> {
  const [postgresPort = 0] = await freePorts(1);
  const failed = launch(project, "start", { MALL_POSTGRES_PORT: String(postgresPort), ...env });
  expect(await failed.ended).toBe(1);
  expect(failed.output().trim().split("\n")).toHaveLength(1);
  expect(existsSync(join(project.stateDir, "postgres"))).toBe(false);
  return failed.output();
}

function storing(port: number): FixtureService {
  return { mall: { port, database: true, calls: [] } };
}

function logOf(name: string): string {
  return readFileSync(join(project.stateDir, `logs/${name}.log`), "utf8");
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
