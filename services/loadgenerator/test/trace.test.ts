import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type OtlpReceiver, startOtlpReceiver } from "@mall/kit/testing";

const program = join(import.meta.dirname, "../dist/main.js");
/** Where nobody listens: the port of the discard service, which no machine of today has on. */
const nobody = "http://127.0.0.1:9";

let collector: OtlpReceiver;
beforeAll(async () => {
  collector = await startOtlpReceiver();
});
afterAll(() => collector.stop());

async function visitOnce(...flags: string[]): Promise<number> {
  const shopper = spawn(process.execPath, [program, "--url", nobody, "--visits", "1", ...flags], {
    env: {
      ...process.env,
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
    },
    stdio: "ignore",
  });
  const [exitCode] = (await once(shopper, "exit")) as [number];
  return exitCode;
}

test("a shopper whom nobody answers leaves a trace that says whom they asked for what", async () => {
  expect(await visitOnce()).toBe(1);
  expect(collector.spans).toEqual([]);

  expect(await visitOnce("--trace")).toBe(1);
  expect(collector.spans).toEqual([
    expect.objectContaining({
      service: "shopper",
      name: "GET /",
      attributes: expect.objectContaining({ "peer.service": "frontend" }),
    }),
    expect.objectContaining({ service: "shopper", name: "home" }),
  ]);
});
