import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { stagingHistory } from "../../src/verify/tree/staging-history.ts";

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "mall-staging-"));
});
afterAll(() => rmSync(root, { recursive: true }));

function git(...args: string[]): void {
  const author = ["-c", "user.name=A Tester", "-c", "user.email=tester@mall.example"];
  execFileSync("git", [...author, ...args], { cwd: root, stdio: "ignore" });
}

function release(environment: string, service: string, digit: string): void {
  const file = join(root, "overlays", environment, service, "release/kustomization.yaml");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `images:\n  - name: mall-${service}\n    digest: ${digest(digit)}\n`);
}

test("without a repository nothing is known of the past", () => {
  expect(stagingHistory(root, "cart")).toEqual(new Set());
});

test("what stood in staging stays known after it has been replaced; other services and environments do not count", () => {
  git("init", "--quiet");
  for (const [environment, service, digit] of [
    ["staging", "cart", "1"],
    ["staging", "cart", "2"],
    ["staging", "product", "3"],
    ["dev", "cart", "4"],
  ] as const) {
    release(environment, service, digit);
    git("add", ".");
    git("commit", "--quiet", "--message", `${service} in ${environment}`);
  }

  expect(stagingHistory(root, "cart")).toEqual(new Set([digest("1"), digest("2")]));
});
