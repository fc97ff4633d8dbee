import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { verify } from "../../src/verify/verify.ts";
import { follow, stepsOf } from "./support/checklist.ts";
import { scratchRepository, type ScratchRepository } from "./support/scratch-repository.ts";

const environments = ["dev", "staging", "prod", "local"];

let scratch: ScratchRepository;
beforeAll(() => {
  scratch = scratchRepository();
});
afterAll(() => scratch.remove());

test("a service that is added as docs/add-a-service.md says keeps every rule in every environment", async () => {
  const page = readFileSync(join(scratch.root, "docs/add-a-service.md"), "utf8");
  const steps = stepsOf(page);
  for (const step of steps) follow(step, scratch.root, environments);

  const report = await verify(scratch.root);

  expect(report.violations).toEqual([]);
  expect(steps.length).toBeGreaterThan(15);
}, 300_000);
