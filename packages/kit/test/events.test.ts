import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { z } from "zod";
import {
  type CloudEvent,
  cloudEvent,
  consumeEvent,
  linksTo,
  produceEvent,
} from "../src/events/cloud-event.ts";

const schema = cloudEvent(z.literal("order.confirmed"), z.object({ orderId: z.string() }));
const givenEvent = (): CloudEvent =>
  produceEvent({ id: randomUUID(), source: "/checkout", type: "order.confirmed", data: { orderId: "1" } });

describe("an event", () => {
  test("is a CloudEvent, and stays one on its way through JSON", () => {
    const event = givenEvent();

    expect(schema.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
    expect(event.specversion).toBe("1.0");
    expect(Date.now() - Date.parse(event.time)).toBeLessThan(5_000);
  });

  test.each<[string, object]>([
    ["of another version", { specversion: "0.3" }],
    ["of another type", { type: "order.cancelled" }],
    ["without an id that can be remembered", { id: "1" }],
    ["with other data", { data: {} }],
    ["without a time", { time: "yesterday" }],
  ])("%s is refused", (_what, change) => {
    expect(schema.safeParse({ ...givenEvent(), ...change }).success).toBe(false);
  });

  test("is handled once per delivery, and what its handling throws is for the deliverer to see", async () => {
    let handled = 0;

    await consumeEvent(givenEvent(), async () => (handled++, "handled"));
    await consumeEvent(givenEvent(), async () => (handled++, "duplicate"));
    const failing = consumeEvent(givenEvent(), () => Promise.reject(new Error("no mail server")));

    await expect(failing).rejects.toThrow("no mail server");
    expect(handled).toBe(2);
  });

  test.each([undefined, "", "00-zz-zz-01", "a stranger's words"])("links to nothing by %j", (traceparent) => {
    expect(linksTo(traceparent)).toEqual([]);
  });
});
