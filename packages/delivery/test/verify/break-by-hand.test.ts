import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { asText, type Report } from "../../src/verify/report.ts";
import { verify } from "../../src/verify/verify.ts";
import { scratchRepository, type ScratchRepository } from "./support/scratch-repository.ts";

/** Mistakes as hands make them, each in a source file, and what is to be told: file, object and rule. */
const mistakes = [
  {
    mistake: "a misspelt field",
    edit: ["base/components/service/destination-rule.yaml", "consecutive5xxErrors", "consecutive5xxError"],
    told: {
      file: "base/components/service/destination-rule.yaml",
      object: "DestinationRule/cart",
      rule: "schema/unknown-field",
    },
  },
  {
    mistake: "a route to a subset that is not there",
    edit: ["base/components/service/virtual-service.yaml", "subset: canary", "subset: canry"],
    told: {
      file: "base/components/service/virtual-service.yaml",
      object: "VirtualService/cart",
      rule: "mesh/subset",
    },
  },
  {
    mistake: "a digest dropped",
    edit: ["overlays/dev/cart/release/kustomization.yaml", /^ *digest: .*\n/m, ""],
    told: { file: "base/components/service/rollout.yaml", object: "Rollout/cart", rule: "images/digest" },
  },
  {
    mistake: "a Service that selects nothing",
    edit: [
      "base/components/service/service.yaml",
      "selector:\n    app.kubernetes.io/name: service",
      "selector:\n    app.kubernetes.io/name: service\n    tier: back",
    ],
    told: {
      file: "base/components/service/service.yaml",
      object: "Service/cart",
      rule: "references/service-selector",
    },
  },
  {
    mistake: "a ConfigMap's key renamed",
    edit: ["base/database/passwords/kustomization.yaml", "OPTIONS=", "SETTINGS="],
    told: {
      file: "base/database/passwords/job.yaml",
      object: "Job/database-passwords",
      rule: "references/config-map",
    },
  },
  {
    mistake: "a policy wider by one caller",
    edit: ["base/product/mall-service.yaml", "callers: [", "callers: [ad, "],
    told: {
      file: "base/components/service/authorization-policy.yaml",
      object: "AuthorizationPolicy/product",
      rule: "code/authorization",
    },
  },
  {
    mistake: "an image of :latest",
    edit: ["overlays/dev/platform/kustomization.yaml", /newTag: \S+/, "newTag: latest"],
    told: {
      file: "base/database/passwords/job.yaml",
      object: "Job/database-passwords",
      rule: "images/pinned",
    },
  },
] satisfies {
  mistake: string;
  edit: [string, string | RegExp, string];
  told: Partial<Report["violations"][number]>;
}[];

let scratch: ScratchRepository;
let report: Report;

// All at once: none of them hides another. One environment shows them as well as four.
beforeAll(async () => {
  scratch = scratchRepository();
  for (const elsewhere of [
    "overlays/staging",
    "overlays/prod",
    "overlays/local",
    "argocd",
    "apps",
    "kustomization.yaml",
  ])
    rmSync(join(scratch.root, elsewhere), { recursive: true });
  for (const { edit } of mistakes) change(...(edit as [string, string | RegExp, string]));
  report = await verify(scratch.root);
}, 300_000);
afterAll(() => scratch.remove());

function change(file: string, from: string | RegExp, to: string): void {
  const path = join(scratch.root, file);
  const before = readFileSync(path, "utf8");
  const after = before.replace(from, to);
  if (after === before) throw new Error(`${file} has no ${String(from)}: correct the test`);
  writeFileSync(path, after);
}

test.each(mistakes)("$mistake is told with its file, its object and the rule", ({ told }) => {
  expect(report.violations).toContainEqual(expect.objectContaining(told));
});

test("each is told once, however many leaves render it, and says how to mend it", () => {
  const subset = report.violations.filter(
    ({ rule, object }) => rule === "mesh/subset" && object === "VirtualService/cart",
  );

  expect(subset).toHaveLength(1);
  expect(subset[0]?.mend).toBe("Take one that is there (stable, canary), or define it.");
});

test("the report is read from its end: the sum, and above it one block for each violation", () => {
  const lines = stripVTControlCharacters(asText(report)).split("\n");

  expect(lines.at(-1)).toBe(
    `${report.objects} objects, ${report.rules} rules, ${report.violations.length} violations`,
  );
  expect(lines).toContain(
    "base/components/service/virtual-service.yaml  VirtualService/product (rendered by overlays/dev/product)",
  );
  expect(lines).toContain(
    "  mesh/subset: it routes to subset canry of product, which no DestinationRule defines.",
  );
});
