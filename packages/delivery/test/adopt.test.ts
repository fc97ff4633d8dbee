import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { adopt } from "../src/adoption/adopt.ts";
import { currentName } from "../src/adoption/repository-name.ts";
import { environments, leavesIn, parseRelease, readRelease, unreleasedCommit } from "../src/index.ts";
import { givenLocalRepository, leafText, type LocalRepository } from "./support/repository.ts";

const project = join(__dirname, "../../..");
let repository: LocalRepository;

jest.setTimeout(180_000);
afterEach(() => repository.remove());

const fork = "Some-One/my.mall";

function givenSmallTree(): void {
  repository = givenLocalRepository(["cart"]);
  const address = "https://github.com/acme-shops/acme-mall";
  repository.write("argocd/root-application.yaml", `spec:\n  source:\n    repoURL: ${address}.git\n`);
  repository.write("argocd/policy.csv", "g, acme-shops:deployers, role:deployer\n");
  repository.write("docs/fork.md", `See ${address}. Images: ghcr.io/acme-shops/mall-cart.\n`);
  repository.write("docs/others.md", `${address}-archive and xacme-shops/acme-mall\n`);
  repository.push("The tree");
}

describe("adopting a fork", () => {
  test("changes every spelling in one commit, takes back every release, and a second time changes nothing", async () => {
    givenSmallTree();
    repository.release("dev", "cart", repository.changeSource("cart"));
    const before = repository.git("rev-parse", "HEAD");

    const adoption = await adopt(repository.root, fork, false);

    expect(repository.git("rev-parse", "HEAD^")).toBe(before);
    expect(adoption).toMatchObject({ to: fork, commit: repository.git("rev-parse", "HEAD") });
    expect(repository.read("docs/fork.md")).toBe(
      "See https://github.com/Some-One/my.mall. Images: ghcr.io/some-one/mall-cart.\n",
    );
    expect(repository.read("argocd/root-application.yaml")).toContain(
      "https://github.com/Some-One/my.mall.git\n",
    );
    expect(repository.read("argocd/policy.csv")).toBe("g, Some-One:deployers, role:deployer\n");
    expect(repository.read("overlays/dev/cart/release/kustomization.yaml")).toBe(
      leafText("cart").replaceAll("acme-shops", "some-one"),
    );
    expect(adoption.files).not.toContain("docs/others.md");

    expect(await adopt(repository.root, fork, false)).toEqual({ from: fork, to: fork, files: [] });
    expect(repository.git("status", "--porcelain")).toBe("");
    expect(repository.git("rev-list", "--count", `${before}..HEAD`)).toBe("1");
  });

  test("a second adopter is adopted from the first, and releases made meanwhile stay until then", async () => {
    givenSmallTree();
    await adopt(repository.root, fork, false);
    repository.write(
      "overlays/dev/cart/release/kustomization.yaml",
      leafText("cart", "1".repeat(40)).replaceAll("acme-shops", "some-one"),
    );
    repository.push("dev: cart");
    await adopt(repository.root, fork, false);
    expect((await readRelease(repository.root, { environment: "dev", service: "cart" })).commit).toBe(
      "1".repeat(40),
    );

    await adopt(repository.root, "another/mall", false);

    expect(await currentName(repository.root)).toMatchObject({ owner: "another", repository: "mall" });
    const text = repository.read("overlays/dev/cart/release/kustomization.yaml");
    expect(parseRelease(text, "")).toMatchObject({
      image: "ghcr.io/another/mall-cart",
      commit: unreleasedCommit,
    });
    expect(repository.read("docs/fork.md") + repository.read("argocd/policy.csv")).not.toMatch(/some-one/i);
  });

  test("is refused over unsaved work, and to what GitHub could not have; a dry run writes nothing", async () => {
    givenSmallTree();
    expect((await adopt(repository.root, fork, true)).files).toContain("docs/fork.md");
    expect(repository.git("status", "--porcelain")).toBe("");

    for (const name of ["mall", "-a/mall", "a--b/mall", "a/b/c", "a/mall.git", "a/$(id)"])
      await expect(adopt(repository.root, name, false)).rejects.toThrow(/is not <owner>\/<repository>/);
    repository.write("docs/fork.md", "unsaved");
    await expect(adopt(repository.root, fork, false)).rejects.toThrow(/not committed/);
  });
});

test("this project has no place that adopting leaves behind", async () => {
  repository = givenLocalRepository([]);
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
    cwd: project,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const file of files.split("\0").filter((name) => name && existsSync(join(project, name))))
    cpSync(join(project, file), join(repository.root, file), { recursive: true });
  repository.push("The project");

  await adopt(repository.root, fork, false);

  const { owner } = await currentName(project);
  const left = repository.git("ls-files", "-z").split("\0").length;
  expect(left).toBeGreaterThan(100);
  expect(mentions(owner)).toEqual([]);
  for (const environment of environments)
    for (const leaf of leavesIn(repository.root, environment))
      expect(await readRelease(repository.root, leaf)).toMatchObject({
        image: `ghcr.io/some-one/mall-${leaf.service}`,
        commit: unreleasedCommit,
      });
});

/** Files that still name an owner, anywhere and however. */
function mentions(owner: string): string[] {
  try {
    return repository.git("grep", "--ignore-case", "--files-with-matches", "-I", "-e", owner).split("\n");
  } catch {
    return [];
  }
}
