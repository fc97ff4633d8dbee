import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { verify } from "../../src/verify/verify.ts";
import { scratchRepository, type ScratchRepository } from "./support/scratch-repository.ts";

let scratch: ScratchRepository;
beforeAll(() => {
  scratch = scratchRepository();
  for (const most of ["overlays", "argocd", "apps", "base", "kustomization.yaml"])
    rmSync(join(scratch.root, most), { recursive: true });
});
afterAll(() => scratch.remove());

test("what Kustomize refuses is told in its last words, and nothing is concluded from the rest", async () => {
  writeFileSync(join(scratch.root, "kustomization.yaml"), "resources: [service.yaml]\n");

  const report = await verify(scratch.root);

  expect(report.violations).toEqual([
    expect.objectContaining({
      rule: "files/renders",
      file: "kustomization.yaml",
      problem: "it does not render: lstat service.yaml: no such file or directory",
    }),
  ]);
  expect(report.leftOut).toEqual(["Only renders and schemas were looked at: the other rules build on them."]);
}, 60_000);

test("a kustomization that is no YAML is named", async () => {
  writeFileSync(join(scratch.root, "kustomization.yaml"), "resources: [\n");

  await expect(verify(scratch.root)).rejects.toThrow("kustomization.yaml is not a kustomization");
}, 60_000);

test("a folder that is no mall is refused in one sentence", async () => {
  for (const all of ["services", "kustomization.yaml"]) rmSync(join(scratch.root, all), { recursive: true });

  await expect(verify(scratch.root)).rejects.toThrow(`There is no folder services in ${scratch.root}.`);
});
