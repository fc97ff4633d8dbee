import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import { createDemand } from "../src/http/demand.ts";

test("a process that computes wants a processor all the time, one that waits for a clock hardly ever", async () => {
  const demand = createDemand();
  const end = performance.now() + 300;
  while (performance.now() < end);
  const computing = demand();
  await pause(300);
  const waiting = demand();

  expect(computing).toBeGreaterThan(0.8);
  expect(waiting).toBeLessThan(0.5);
});
