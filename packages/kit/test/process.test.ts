import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { request as call } from "undici";
import { defineMigrations } from "../src/database/migrations.ts";
import { createTestDatabase, eventually, type TestDatabase } from "../src/testing/index.ts";
import {
  type FixtureOptions,
  type FixtureProcess,
  startFixture,
  stopFixture,
} from "./support/fixture-process.ts";

let database: TestDatabase;
const started: FixtureProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase("process", defineMigrations({}));
});
afterEach(() => Promise.all(started.splice(0).map(stopFixture)));
afterAll(() => database.drop());

function start({ env = {}, ...options }: FixtureOptions = {}): FixtureProcess {
  const fixture = startFixture({ env: { DATABASE_URL: database.url, ...env }, ...options });
  started.push(fixture);
  return fixture;
}
const messages = ({ logs }: FixtureProcess) => logs().map(({ msg }) => msg);

describe("a service's process", () => {
  test("with the argument `migrate` brings the database up to date and ends", async () => {
    const fixture = start({ argument: "migrate" });

    expect(await fixture.ended).toBe(0);
    expect(fixture.logs()).toMatchObject([{ msg: "migrated", applied: ["2026-11-23-people"] }]);
    expect(await database.query("select * from people")).toEqual([]);
  });

  test("that cannot migrate ends with an error and one sentence that says why", async () => {
    const other = await createTestDatabase("process", defineMigrations({}));
    await other.query("create table people (name text)");
    const taken = start({ argument: "migrate", env: { DATABASE_URL: other.url } });
    const nowhere = start({ argument: "migrate", env: { DATABASE_URL: "" } });

    expect(await taken.ended).toBe(1);
    expect(taken.logs()).toEqual([
      {
        level: "fatal",
        time: expect.any(String),
        service: "fixture",
        msg: 'fixture is not migrated. The database could not be migrated (2026-11-23-people): relation "people" already exists',
      },
    ]);
    expect(await nowhere.ended).toBe(1);
    expect(nowhere.logs().map(({ msg }) => msg)).toEqual([
      "fixture is not migrated. Set DATABASE_URL to the database that is to be migrated.",
    ]);
    await other.drop();
  });

  test("that is configured wrongly ends with one line that names every variable", async () => {
    const fixture = start({ env: { PORT: "x", NEXT_URL: "next", CALLS: "many" } });

    expect(await fixture.ended).toBe(1);

    const [line, ...others] = fixture.logs();
    expect(others).toEqual([]);
    expect(line).toMatchObject({ level: "fatal", msg: "could not start" });
    for (const name of ["PORT", "NEXT_URL", "CALLS"]) expect(JSON.stringify(line)).toContain(`${name} (`);
  });

  test("stops when its starter is gone", async () => {
    const fixture = start();
    await fixture.url;

    fixture.child.disconnect();

    expect(await fixture.ended).toBe(0);
    expect(messages(fixture)).not.toContain("migrated"); // `migrate` has done that
    expect(fixture.logs().at(-1)).toMatchObject({ msg: "stopping", reason: "parent is gone" });
  });

  test("stops at once, too, while it is still starting: told so, or when its starter is gone", async () => {
    const [told, left] = [
      start({ env: { START_MS: "60000" } }),
      start({ env: { DATABASE_URL: "postgres://127.0.0.1:9/x" } }),
    ];
    left.child.disconnect();
    await eventually(() => expect(messages(told)).toContain("building"));

    told.child.kill("SIGTERM");

    expect(await told.ended).toBe(0);
    expect(told.logs().at(-1)).toMatchObject({ msg: "stopped while starting", reason: "SIGTERM" });
    expect(await left.ended).toBe(0);
    expect(left.logs().at(-1)).toMatchObject({ msg: "stopped while starting", reason: "parent is gone" });
  });

  test("ends after a bug that nobody catches, and says what it was", async () => {
    const fixture = start();
    await (await call(`${await fixture.url}/bug`, { method: "POST" })).body.dump();

    expect(await fixture.ended).toBe(1);
    expect(fixture.logs().at(-1)).toMatchObject({
      level: "fatal",
      msg: "an error was not handled",
      err: { message: "nobody catches this" },
    });
  });

  test("dies as by a crash when the fault `crash` is switched on, at its next request", async () => {
    const folder = await mkdtemp(join(tmpdir(), "kit-crash-"));
    const file = join(folder, "flags.json");
    const crash = (defaultVariant: string) =>
      JSON.stringify({
        flags: { "fixture.crash": { state: "ENABLED", variants: { off: false, on: true }, defaultVariant } },
      });
    await writeFile(file, crash("off"));
    const fixture = start({ env: { FAULTS_FILE: file } });
    const url = await fixture.url;
    await (await call(`${url}/items/1`)).body.dump();

    await writeFile(file, crash("on"));
    await eventually(() => expect(messages(fixture)).toContain("faults are switched on"));

    await expect(call(`${url}/items/1`)).rejects.toThrow();
    expect(await fixture.ended).toBe("SIGKILL");
    await rm(folder, { recursive: true });
  });
});
