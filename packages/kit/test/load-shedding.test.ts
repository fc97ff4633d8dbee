import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import express from "express";
import request from "supertest";
import { createAdaptiveLimit } from "../src/http/adaptive-limit.ts";
import { type Admission, admitInTurn } from "../src/http/load-shedding.ts";
import { problemHandler } from "../src/http/problem.ts";
import { createWaitingLine, type Urgency } from "../src/http/waiting-line.ts";
import { eventually } from "../src/testing/index.ts";

/** Requests answered one after the other, every 20 ms. */
function givenLimit() {
  let now = 0;
  let demand = 1;
  const limit = createAdaptiveLimit({ least: 4, most: 100, demand: () => demand, now: () => now });
  return {
    limit,
    idle: () => (demand = 0.1),
    answered(route: string, ms: number, { underWay = 1, times = 200, isCrowd = false } = {}) {
      for (let count = 0; count < times; count++) {
        now += 20;
        limit.observe(route, ms, underWay, isCrowd);
      }
    },
  };
}

describe("how many requests are worked on at once", () => {
  test("is as many as may be while each takes as long as it needs", () => {
    const { limit, answered } = givenLimit();
    answered("GET /", 5);
    answered("GET /", 10, { underWay: 30 });
    expect(limit.current).toBe(100);
  });

  test("shrinks while many take far longer than few do and the process is busy, and grows again", () => {
    const { limit, answered } = givenLimit();
    answered("GET /", 5);
    answered("GET /", 50, { underWay: 40 });
    expect(limit.current).toBe(4);

    answered("GET /", 8, { underWay: 4, times: 500 });
    expect(limit.current).toBe(100);
  });

  test("grows slowly in a crowd, which uses at once whatever is too much", () => {
    const { limit, answered } = givenLimit();
    answered("GET /", 5);
    answered("GET /", 50, { underWay: 40 });

    answered("GET /", 8, { underWay: 4, isCrowd: true });
    expect(limit.current).toBeGreaterThan(5);
    expect(limit.current).toBeLessThan(10);
  });

  test("stays for a moment of slowness", () => {
    const { limit, answered } = givenLimit();
    answered("GET /", 5);
    answered("GET /", 200, { underWay: 40, times: 20 });
    answered("GET /", 5);
    expect(limit.current).toBe(100);
  });

  test("stays when a dependency is slow: the process has nothing to do, and fewer people would not make it faster", () => {
    const { limit, answered, idle } = givenLimit();
    answered("GET /", 5);
    idle();
    answered("GET /", 3_000, { underWay: 40 });
    expect(limit.current).toBe(100);
  });

  test("stays on a machine that others keep busy: there a single request is slow as well", () => {
    const { limit, answered } = givenLimit();
    answered("GET /", 5);
    for (let second = 0; second < 10; second++) {
      answered("GET /", 50, { times: 20 });
      answered("GET /", 80, { underWay: 6, times: 20 });
    }
    expect(limit.current).toBe(100);
  });

  test("is judged by each route's own time: many requests for a slow page are no overload", () => {
    const { limit, answered } = givenLimit();
    answered("GET /", 5);
    answered("POST /checkout", 120, { underWay: 40 });
    expect(limit.current).toBe(100);
  });
});

describe("whoever cannot be let in at once", () => {
  function givenLine(most: number) {
    let now = 0;
    const line = createWaitingLine(most, () => now);
    const [entered, turnedAway]: [string[], string[]] = [[], []];
    return {
      entered,
      turnedAway,
      wait: (ms: number) => (now += ms),
      letIn: (hasRoom = (_urgency: Urgency) => true) => line.letIn(hasRoom),
      isCrowd: () => line.isCrowd(),
      giveUp: (name: string) =>
        line.giveUp({ urgency: "low", enter: () => {}, turnAway: () => turnedAway.push(name) }),
      join(urgency: Urgency, name: string) {
        line.join({
          urgency,
          enter: () => entered.push(name),
          turnAway: () => turnedAway.push(name),
        });
      },
    };
  }

  test("waits: the most urgent go first, and of the same those who came first", () => {
    const { join, letIn, entered } = givenLine(10);
    join("low", "just come");
    join("low", "come later");
    join("normal", "looks at a product");
    join("high", "pays");
    while (letIn());
    expect(entered).toEqual(["pays", "looks at a product", "just come", "come later"]);
  });

  test("is turned away when the line is full: the least urgent, and never whoever pays before them", () => {
    const { join, turnedAway } = givenLine(2);
    join("low", "first");
    join("low", "second");
    join("high", "pays");
    join("high", "pays too");
    join("low", "third");
    expect(turnedAway).toEqual(["first", "second", "third"]);
  });

  test("is a crowd once three were turned away within a second, and not when it is one now and then", () => {
    const { giveUp, isCrowd, wait } = givenLine(10);
    for (const name of ["first", "second", "third"]) {
      giveUp(name);
      wait(600);
    }
    expect(isCrowd()).toBe(false);

    for (const name of ["fourth", "fifth"]) giveUp(name);
    expect(isCrowd()).toBe(true);
    wait(1_000);
    expect(isCrowd()).toBe(false);
  });

  test("goes last in, first out while people are turned away, so that some are served at once", () => {
    const { join, letIn, entered, wait } = givenLine(2);
    for (const name of ["first", "second", "third"]) join("low", name);
    letIn();
    expect(entered).toEqual(["third"]);

    wait(1_000);
    join("low", "fourth");
    while (letIn());
    expect(entered).toEqual(["third", "second", "fourth"]);
  });
});

const patient: Admission = { urgencyOf: () => "normal", longestWaitMs: () => 2_000 };

test("of more requests than are worked on at once the others wait, each in its own context, and all are answered", async () => {
  const context = new AsyncLocalStorage<string>();
  let atOnce = 0;
  let most = 0;
  const app = express();
  app.use((incoming, _response, next) => context.run(incoming.path, next));
  app.use(admitInTurn({ current: 2, observe: () => {} }, 100, patient));
  app.use(async (incoming, response) => {
    most = Math.max(most, ++atOnce);
    await pause(20);
    atOnce--;
    response.json({ asked: incoming.path, knows: context.getStore() });
  });
  const server = app.listen(0, "127.0.0.1");

  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, at) => request(server).get(`/${at}`).expect(200)),
  );

  expect(most).toBe(2);
  for (const { body } of answers) expect(body.knows).toBe(body.asked);
  server.close();
});

test("who takes long, because a bank does, keeps nobody from being let in", async () => {
  const app = express();
  app.use(admitInTurn({ current: 1, observe: () => {} }, 100, patient));
  app.get("/pay", async (_request, response) => {
    await pause(1_500);
    response.json({});
  });
  app.get("/look", (_request, response) => void response.json({}));
  const server = app.listen(0, "127.0.0.1");
  const order: string[] = [];

  const paying = request(server)
    .get("/pay")
    .then(() => order.push("paid"));
  await pause(50);
  await request(server).get("/look").expect(200);
  order.push("looked");
  await paying;

  expect(order).toEqual(["looked", "paid"]);
  server.close();
});

test("whoever has waited for too long is told to come back, and whoever hangs up leaves the line", async () => {
  const held: (() => void)[] = [];
  const app = express();
  app.use(admitInTurn({ current: 1, observe: () => {} }, 100, { ...patient, longestWaitMs: () => 150 }));
  app.use((_request, response) => void held.push(() => response.end()));
  app.use(problemHandler);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ask = (signal?: AbortSignal) => fetch(`http://127.0.0.1:${port}/`, signal ? { signal } : {});

  const first = ask();
  await eventually(() => expect(held).toHaveLength(1));
  const hungUp = ask(AbortSignal.timeout(50));
  const waiting = ask();
  await expect(hungUp).rejects.toThrow();
  const told = await waiting;
  held.shift()?.();

  expect([told.status, told.headers.get("retry-after")]).toEqual([503, "1"]);
  expect((await first).status).toBe(200);
  expect(held).toEqual([]);
  server.close();
});

test("in a crowd some room is left for whoever is inside: who has just come does not get all of it", async () => {
  const held: (() => void)[] = [];
  const app = express();
  const admission: Admission = {
    urgencyOf: ({ path }) => (path === "/till" ? "high" : "low"),
    longestWaitMs: (urgency) => (urgency === "high" ? 2_000 : 20),
  };
  app.use(admitInTurn({ current: 4, observe: () => {} }, 100, admission));
  app.use((_request, response) => void held.push(() => response.end()));
  app.use(problemHandler);
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const ask = (path: string) => fetch(`http://127.0.0.1:${port}${path}`).then(({ status }) => status);

  const inside = Array.from({ length: 4 }, () => ask("/"));
  await eventually(() => expect(held).toHaveLength(4));
  expect(await Promise.all([ask("/"), ask("/"), ask("/")])).toEqual([503, 503, 503]);
  held.splice(0, 2).forEach((end) => end());
  const newcomer = ask("/");
  inside.push(ask("/till"), ask("/till"));

  expect(await newcomer).toBe(503);
  await eventually(() => expect(held).toHaveLength(4));
  held.forEach((end) => end());
  expect(await Promise.all(inside)).toEqual([200, 200, 200, 200, 200, 200]);
  server.close();
});
