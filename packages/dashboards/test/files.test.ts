import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { drift, files, write } from "../src/files.ts";
import { folder } from "./support/dashboard-files.ts";

const copies: string[] = [];
afterEach(() => {
  for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
});

function givenCopy(): string {
  const copy = mkdtempSync(join(tmpdir(), "dashboards-"));
  copies.push(copy);
  cpSync(folder, copy, { recursive: true });
  return copy;
}

test("the dashboards in base/dashboards are as the code has them", () => {
  expect(drift(folder)).toEqual([]);
});

describe("a dashboard", () => {
  test("that was edited by hand, is missing or is left over is noticed, and written or removed", () => {
    const copy = givenCopy();
    writeFileSync(join(copy, "mall-mesh.json"), "{}\n");
    rmSync(join(copy, "mall-canary.json"));
    writeFileSync(join(copy, "mall-old.json"), "{}\n");

    const wrong = ["mall-canary.json", "mall-mesh.json", "mall-old.json"];
    expect([...drift(copy)].toSorted()).toEqual(wrong);
    expect([...write(copy)].toSorted()).toEqual(wrong);

    expect(drift(copy)).toEqual([]);
  });

  test("is in a ConfigMap under its own name, which keeps that name", () => {
    const { generatorOptions, configMapGenerator } = parse(
      readFileSync(join(folder, "kustomization.yaml"), "utf8"),
    ) as {
      generatorOptions: { disableNameSuffixHash: boolean; labels: Record<string, string> };
      configMapGenerator: { name: string; files: string[] }[];
    };

    expect(configMapGenerator.flatMap((map) => map.files).toSorted()).toEqual([...files.keys()].toSorted());
    for (const map of configMapGenerator)
      expect(map.files).toEqual([`${map.name.replace("mall-dashboard-", "mall-")}.json`]);
    expect(generatorOptions.disableNameSuffixHash).toBe(true);
    expect(generatorOptions.labels["grafana_dashboard"]).toBe("1");
  });

  // Applied from the client, an object is kept in an annotation as well, and all of those have 256 KiB.
  test("fits into an annotation", () => {
    for (const text of files.values()) expect(Buffer.byteLength(text)).toBeLessThan(200 * 1024);
  });
});

describe("the command", () => {
  const program = join(__dirname, "../dist/main.js");
  const run = (...args: readonly string[]) =>
    spawnSync(process.execPath, [program, ...args], { encoding: "utf8" });

  test("checks with an exit code, and writes what is missing", () => {
    const copy = givenCopy();
    rmSync(join(copy, "mall-service.json"));

    const checked = run("--check", "--out", copy);
    expect([checked.status, checked.stdout]).toEqual([1, "mall-service.json is not as the code has it\n"]);
    const written = run("--out", copy);
    expect([written.status, written.stdout]).toEqual([0, "mall-service.json written\n"]);
    const again = run("--check", "--out", copy);
    expect([again.status, again.stdout]).toEqual([0, `${files.size} dashboards are as the code has them.\n`]);
  });

  test("says in a sentence what is wrong", () => {
    const { status, stderr } = run("--out", join(givenCopy(), "no-such-folder"));

    expect(status).toBe(1);
    expect(stderr).toMatch(/^The folder .+ does not exist: /);
    expect(basename(stderr.trim())).not.toContain("at ");
  });
});
