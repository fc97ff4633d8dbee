import { Agent, get as httpGet } from "node:http";
import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "@jest/globals";
import request from "supertest";
import { createServer } from "node:http";
import type { ServiceParts } from "../src/service/service-definition.ts";
import { route } from "../src/http/route.ts";
import { startService } from "../src/service/start-service.ts";
import { createTestDatabase, eventually } from "../src/testing/index.ts";
import { defineMigrations } from "../src/database/migrations.ts";
import { serviceOf } from "./support/given-service.ts";

const quickly = 1_500;
const environment = { PORT: "0", LOG_LEVEL: "silent", SHUTDOWN_TIMEOUT_MS: "4000" };
const agents: Agent[] = [];
afterEach(() => agents.splice(0).forEach((agent) => agent.destroy()));

const slow = (ms: number) =>
  route({
    method: "get",
    path: "/slow",
    summary: "Takes its time",
    answers: { 200: null },
    async handle() {
      await pause(ms);
      return { status: 200 };
    },
  });

const startShop = (parts: Partial<ServiceParts>, settings = {}) =>
  startService(
    serviceOf(() => ({ routes: [slow(200)], ...parts })),
    { ...environment, ...settings },
  );

/** Asks over a kept connection, as every caller in the mall does. */
function ask(
  url: string,
  agent = new Agent({ keepAlive: true }),
): Promise<{ status: number; connection: string }> {
  agents.push(agent);
  return new Promise((resolve, reject) => {
    httpGet(url, { agent }, (response) => {
      response.resume();
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, connection: response.headers.connection ?? "" }),
      );
      response.on("error", reject);
    }).on("error", reject);
  });
}

async function timed(work: Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work;
  return performance.now() - start;
}

describe("a service that is told to stop", () => {
  test("answers what is under way, tells its caller to go elsewhere, and is gone at once after that", async () => {
    const service = await startShop({});
    const underWay = ask(`${service.url}/slow`);
    await pause(80);

    const took = await timed(service.stop());

    expect(await underWay).toEqual({ status: 200, connection: "close" });
    expect(took).toBeGreaterThan(50);
    expect(took).toBeLessThan(quickly);
    await expect(ask(`${service.url}/healthz`)).rejects.toThrow(/ECONNREFUSED|ECONNRESET/);
  });

  test("is not ready from that moment on, but still serves while routers take notice", async () => {
    const service = await startShop({}, { DRAIN_DELAY_MS: "300" });
    expect((await request(service.url).get("/readyz")).body).toEqual({ status: "ready" });

    const stopped = service.stop();
    const readiness = await request(service.url).get("/readyz");
    const served = await ask(`${service.url}/slow`);
    await stopped;

    expect(readiness.status).toBe(503);
    expect(readiness.body.detail).toBe("Not ready: shutting down");
    expect(served).toEqual({ status: 200, connection: "close" });
  });

  test("does not wait for connections on which nothing happens, kept or only just opened", async () => {
    const service = await startShop({ routes: [slow(0)] });
    await ask(`${service.url}/slow`);
    const silent: Socket = connect(Number(new URL(service.url).port), "127.0.0.1");
    silent.on("error", () => undefined);
    await once(silent, "connect");
    await pause(50);

    expect(await timed(service.stop())).toBeLessThan(quickly);
  });

  test("cuts off what takes too long, so that it ends in time", async () => {
    const service = await startShop({ routes: [slow(3_000)] }, { SHUTDOWN_TIMEOUT_MS: "150" });
    const underWay = ask(`${service.url}/slow`).catch((error: Error) => error.message);
    await pause(80);

    const took = await timed(service.stop());

    expect(took).toBeGreaterThanOrEqual(140);
    expect(took).toBeLessThan(quickly);
    expect(await underWay).toBe("socket hang up");
  });

  test("does not wait forever for its own background work, and not at all for work that fails", async () => {
    const hangs = await startShop(
      { stop: () => new Promise(() => undefined) },
      { SHUTDOWN_TIMEOUT_MS: "100" },
    );
    const fails = await startShop({ stop: () => Promise.reject(new Error("cannot stop")) });

    expect(await timed(hangs.stop())).toBeLessThan(quickly);
    expect(await timed(fails.stop())).toBeLessThan(quickly);
  });

  test("ends its background work after the last request, and before its clients and database are closed", async () => {
    const order: string[] = [];
    const service = await startShop({
      routes: [
        route({
          method: "get",
          path: "/slow",
          summary: "Slow",
          answers: { 200: null },
          async handle() {
            await pause(150);
            order.push("answered");
            return { status: 200 };
          },
        }),
      ],
      start: async () => void order.push("started"),
      stop: async () => void order.push("stopped"),
    });
    const underWay = ask(`${service.url}/slow`);
    await pause(60);

    await Promise.all([service.stop(), service.stop()]);
    await underWay;

    expect(order).toEqual(["started", "answered", "stopped"]);
  });
});

describe("a service that cannot start", () => {
  test("leaves neither its port nor a database connection behind", async () => {
    const database = await createTestDatabase("storing", defineMigrations({}));
    const parts = { routes: [], start: () => Promise.reject(new Error("no relay")) };
    const service = serviceOf(() => parts, { name: "failing", migrations: defineMigrations({}) });

    await expect(startService(service, { ...environment, DATABASE_URL: database.url })).rejects.toThrow(
      "no relay",
    );

    await eventually(async () => {
      const left = await database.query("select 1 from pg_stat_activity where application_name = 'failing'");
      expect(left).toEqual([]);
    });
    await database.drop();
  });

  test("says which address is taken", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as { port: number };
    let stops = 0;

    const starting = startShop({ stop: async () => void stops++ }, { PORT: String(port) });

    await expect(starting).rejects.toThrow(`address already in use 127.0.0.1:${port}`);
    expect(stops).toBe(0); // what was never begun
    taken.close();
  });
});

test("readiness tells the service's own reason, and health does not depend on it", async () => {
  const service = await startShop({ ready: () => Promise.reject(new Error("the index is empty")) });

  const readiness = await request(service.url).get("/readyz");

  expect(readiness.status).toBe(503);
  expect(readiness.body.detail).toBe("Not ready: the index is empty");
  expect((await request(service.url).get("/healthz")).body).toEqual({ status: "alive" });
  await service.stop();
});
