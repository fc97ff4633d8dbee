import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, jest, test } from "@jest/globals";
import { run } from "../src/machine/run.ts";
import type * as Repository from "../src/git/repository.ts";
import { repository } from "../src/paths.ts";

const folder = mkdtempSync(join(tmpdir(), "mall-served-"));
process.env["MALL_CLUSTER_DIR"] = folder;
let git: typeof Repository;
let first: string;

beforeAll(async () => {
  jest.resetModules();
  git = await import("../src/git/repository.ts");
  first = await git.commitWorkTree("The work tree");
}, 180_000); // some thousand files

afterAll(() => rmSync(folder, { recursive: true }));

test("the work tree is committed as it is, without what Git ignores and without a trace in its own repository", async () => {
  const files = await run("git", ["ls-tree", "-r", "--name-only", first], { env: { GIT_DIR: git.served } });

  expect(files).toContain("services/Dockerfile\n");
  expect(files).not.toContain("node_modules/");
  await expect(run("git", ["cat-file", "-e", first], { cwd: repository })).rejects.toThrow("failed");
});

test("a commit's files are laid out to be built from", async () => {
  const source = await git.checkOut(first);

  expect(await readFile(join(source, "package.json"), "utf8")).toBe(
    await git.readServed("package.json", first),
  );
});

test("a work tree whose releases are not written yet is not what is served", async () => {
  await expect(git.headOfServed()).rejects.toThrow("failed");

  const delivery = await git.commitFiles([{ path: "LICENSE", text: "with releases\n" }], "local", first);
  const second = await git.commitWorkTree("The work tree, once more");

  expect(await git.headOfServed()).toBe(delivery);
  expect(await run("git", ["rev-parse", `${second}^`], { env: { GIT_DIR: git.served } })).toBe(
    `${delivery}\n`,
  );
});

test("a push changes what it names and nothing else; its revert puts back what was before", async () => {
  const delivery = await git.headOfServed();
  const before = await git.readServed("LICENSE");

  const push = await git.commitFiles([{ path: "LICENSE", text: "another\n" }], "another license");
  expect(await git.readServed("LICENSE")).toBe("another\n");
  expect(await git.headOfServed()).toBe(push);

  const revert = await git.revertCommit(push);
  expect(await git.readServed("LICENSE")).toBe(before);
  const changed = await run("git", ["diff-tree", "-r", "--name-only", delivery, revert], {
    env: { GIT_DIR: git.served },
  });
  expect(changed).toBe("");
});

test("everything is as at an older commit again, by a new one", async () => {
  await git.commitFiles([{ path: "LICENSE", text: "yet another\n" }], "yet another license");

  const restored = await git.commitTreeOf(first);

  const trees = await run("git", ["rev-parse", `${first}^{tree}`, `${restored}^{tree}`], {
    env: { GIT_DIR: git.served },
  });
  const [one, other] = trees.trim().split("\n");
  expect(one).toBe(other);
});

test("a source's commit is served, changes nothing, and is older than the release that is made of it", async () => {
  const before = await git.headOfServed();

  const source = await git.commitSource("cart: a change");
  const release = await git.commitFiles([{ path: "LICENSE", text: "released\n" }], "local: cart");

  const inServed = (...args: string[]) => run("git", args, { env: { GIT_DIR: git.served } });
  expect(await inServed("diff-tree", "-r", "--name-only", before, source)).toBe("");
  expect(await inServed("rev-list", "--first-parent", `${before}..${release}`)).toBe(
    `${release}\n${source}\n`,
  );
});
