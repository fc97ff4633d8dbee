import { get, type IncomingMessage } from "node:http";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Snapshot } from "../src/api-types.ts";
import { givenObservatory, type GivenObservatory } from "./support/given-observatory.ts";

let directory: string;
let observatory: GivenObservatory;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "observatory-page-"));
  await mkdir(join(directory, "public"));
  await writeFile(join(directory, "public", "index.html"), "<!doctype html>");
  await writeFile(join(directory, "public", "page.js"), "1");
  await writeFile(join(directory, "public", "page.exe"), "1");
  await writeFile(join(directory, "secret.txt"), "secret");
  observatory = await givenObservatory({ publicDirectory: join(directory, "public") });
});

afterEach(async () => {
  await observatory.stop();
  await rm(directory, { recursive: true });
});

describe("the page", () => {
  test.each([
    ["/", "text/html; charset=utf-8"],
    ["/traces/0af7651916cd43dd8448eb211c80319c", "text/html; charset=utf-8"],
    ["/page.js", "text/javascript; charset=utf-8"],
  ])("%s is %s", async (path, type) => {
    await observatory.http
      .get(path)
      .expect(200)
      .expect("content-type", type)
      .expect("cache-control", "no-cache");
  });

  test.each(["/missing.js", "/page.exe", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%00.js", "/%ff.js"])(
    "%s is not found",
    async (path) => {
      const { text } = await observatory.http.get(path).expect(404);
      expect(text).not.toContain("secret.txt\nsecret");
    },
  );

  test("an address of the API that does not exist is not answered with the page", async () => {
    await observatory.http.get("/api/nothing").expect(404);
  });
});

type StreamEvent = { readonly id: string; readonly snapshot: Snapshot };

const parseEvents = (received: string): StreamEvent[] =>
  [...received.matchAll(/^id: (.+)\nevent: snapshot\ndata: (.+)\n\n/gm)].map(([, id = "", data = ""]) => ({
    id,
    snapshot: JSON.parse(data) as Snapshot,
  }));

/** What a browser's EventSource would see. */
async function openStream(headers: Record<string, string> = {}) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(`${observatory.url}/api/stream`, { headers, agent: false }, resolve).on("error", reject);
  });
  let received = "";
  response.on("data", (chunk: Buffer) => {
    received += chunk.toString();
  });
  response.on("error", () => undefined);
  return {
    response,
    async events(count: number): Promise<StreamEvent[]> {
      for (let tries = 0; tries < 200 && parseEvents(received).length < count; tries += 1) await wait(10);
      return parseEvents(received);
    },
  };
}

describe("the stream", () => {
  test("sends a snapshot at once and then one a second, numbered", async () => {
    const stream = await openStream();
    await observatory.send({ spanId: "a", kind: "server" });
    void observatory.tick();
    const events = await stream.events(2);

    expect(stream.response.headers["content-type"]).toBe("text/event-stream");
    expect(events.map(({ snapshot }) => snapshot.overview.telemetry.accepted)).toEqual([0, 1]);
    expect(events[1]?.snapshot).toMatchObject({
      traces: [{ spans: 1 }],
      services: [{ service: "checkout" }],
      graph: { edges: [{ target: "service:checkout" }] },
    });
    expect(events.map(({ id }) => id.split("-").at(-1))).toEqual(["1", "2"]);
    stream.response.destroy();
  });

  test("a page that reconnects gets the present at once, whatever it missed", async () => {
    const first = await openStream();
    const [last] = await first.events(1);
    first.response.destroy();
    await observatory.send({ spanId: "a" });

    const again = await openStream({ "last-event-id": last?.id ?? "" });
    const [now] = await again.events(1);

    expect(now?.snapshot.overview.telemetry.accepted).toBe(1);
    expect(now?.snapshot.overview.instance).toBe(last?.snapshot.overview.instance);
    again.response.destroy();
  });

  test("has room for sixteen, and again when one leaves", async () => {
    const streams = await Promise.all(Array.from({ length: 16 }, () => openStream()));

    await observatory.http.get("/api/stream").expect(503);
    streams[0]?.response.destroy();
    for (
      let tries = 0;
      tries < 100 && observatory.snapshot().overview.telemetry.streams.open > 15;
      tries += 1
    ) {
      await wait(10);
    }
    const next = await openStream();

    expect(next.response.statusCode).toBe(200);
    for (const { response } of [...streams, next]) response.destroy();
  });

  test("drops a reader that does not read, and nobody else", async () => {
    const attentive = await openStream();
    const socket = connect(observatory.port, "127.0.0.1");
    socket.on("error", () => undefined);
    socket.write("GET /api/stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    socket.pause();
    const specs = Array.from({ length: 60 }, (_, at) => ({
      spanId: `s${at}`,
      traceId: `t${at}`,
      kind: "server" as const,
      service: `service-${at}`,
      name: "n".repeat(400),
    }));
    await observatory.send(...specs);

    for (
      let tick = 0;
      tick < 2_000 && observatory.snapshot().overview.telemetry.streams.droppedSlow === 0;
      tick += 1
    ) {
      void observatory.tick();
      await wait(1);
    }

    expect(observatory.snapshot().overview.telemetry.streams).toEqual({ open: 1, droppedSlow: 1 });
    socket.destroy();
    attentive.response.destroy();
  }, 30_000);
});
