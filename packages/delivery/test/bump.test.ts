import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { parseRelease, releaseFile } from "../src/index.ts";
import { bump, type BumpRequest, type BumpResult } from "../src/release/bump.ts";
import { defaultUpstream } from "../src/git/upstream.ts";
import { givenRepository, leafText, type Repository, someDigest } from "./support/repository.ts";

const many = [
  "ad",
  "cart",
  "checkout",
  "currency",
  "email",
  "frontend",
  "info",
  "product",
  "search",
  "shipping",
];
let repository: Repository;

// Git runs a few hundred processes here, each of them slow on a busy machine.
jest.setTimeout(300_000);
afterEach(() => repository.remove());

function bumped(
  root: string,
  commit: string,
  images: Record<string, string>,
  more: Partial<BumpRequest> = {},
): Promise<BumpResult> {
  return bump({
    root,
    environment: "dev",
    images: new Map(Object.entries(images)),
    commit,
    upstream: defaultUpstream,
    attempts: 40,
    dryRun: false,
    ...more,
  });
}

function onMain(service: string, environment = "dev"): string {
  repository.git("fetch", "--quiet");
  return repository.git("show", `origin/main:${releaseFile({ environment, service })}`) + "\n";
}

describe("builds that end at the same time", () => {
  test("ten of different services and three of one all land: none is lost, the newest wins, comments stay", async () => {
    repository = givenRepository([...many, "purchase"]);
    const [first = "", second = "", third = ""] = [1, 2, 3].map(() => repository.changeSource("purchase"));
    const before = repository.git("rev-parse", "HEAD");
    const builds = [
      ...many.map((service) => ({ service, commit: third, digest: someDigest() })),
      ...[third, first, second].map((commit) => ({ service: "purchase", commit, digest: someDigest() })),
    ];

    const results = await Promise.all(
      builds
        .map((build) => ({ ...build, root: repository.clone().root }))
        .map(({ root, service, commit, digest }) => bumped(root, commit, { [service]: digest })),
    );

    const newest = builds.filter(({ commit }) => commit === third);
    for (const { service, commit, digest } of newest)
      expect(onMain(service)).toBe(leafText(service, commit, digest));
    const changed = repository.git("diff", "--name-only", before, "origin/main").split("\n");
    expect(changed.toSorted()).toEqual(
      [...many, "purchase"].map((service) => releaseFile({ environment: "dev", service })).toSorted(),
    );
    const pushed = results.flatMap((result) => result.pushed ?? []);
    expect(repository.git("rev-list", `${before}..origin/main`).split("\n").toSorted()).toEqual(
      pushed.toSorted(),
    );
    expect(pushed.length).toBeGreaterThanOrEqual(11);
  });
});

test("a late build of an older source changes nothing, and says so", async () => {
  repository = givenRepository(["cart"]);
  const older = repository.changeSource("cart");
  const newer = repository.changeSource("cart");
  const digest = repository.release("dev", "cart", newer);
  const before = repository.git("rev-parse", "HEAD");

  const result = await bumped(repository.root, older, { cart: someDigest() });

  expect(result).toMatchObject({ pushed: undefined, leaves: [{ outcome: "kept", from: newer }] });
  expect(onMain("cart")).toBe(leafText("cart", newer, digest));
  expect(repository.git("rev-parse", "origin/main")).toBe(before);
});

test("a service that is passed does not hold up the others of its build", async () => {
  repository = givenRepository(["cart", "product"]);
  const older = repository.changeSource("product");
  const digest = repository.release("dev", "cart", repository.changeSource("cart"));

  const result = await bumped(repository.root, older, { cart: someDigest(), product: someDigest() });

  expect(result.leaves.map(({ outcome }) => outcome)).toEqual(["kept", "written"]);
  expect(onMain("cart")).toContain(digest);
  expect(parseRelease(onMain("product"), "").commit).toBe(older);
});

test("the same build twice is written once; built again, its new image is taken", async () => {
  repository = givenRepository(["cart"]);
  const commit = repository.changeSource("cart");
  const [digest, again] = [someDigest(), someDigest()];
  await bumped(repository.root, commit, { cart: digest });

  const repeated = await bumped(repository.root, commit, { cart: digest });
  expect(repeated).toMatchObject({ pushed: undefined, leaves: [{ outcome: "unchanged" }] });

  await bumped(repository.root, commit, { cart: again }, { registry: "ghcr.io/a-fork" });
  expect(parseRelease(onMain("cart"), "")).toEqual({
    image: "ghcr.io/a-fork/mall-cart",
    commit,
    digest: again,
  });
});

test("what is not merged, not known or not comparable is not released", async () => {
  repository = givenRepository(["cart"]);
  repository.git("switch", "--quiet", "--create", "feature");
  repository.write("services/cart/src/app.ts", "export const unreviewed = true;\n");
  const unmerged = repository.push("A feature");
  repository.git("switch", "--quiet", "main");
  const images = { cart: someDigest() };

  await expect(bumped(repository.root, unmerged, images)).rejects.toThrow(/is not on main/);
  await expect(bumped(repository.root, "1".repeat(40), images)).rejects.toThrow(/There is no commit 1111/);

  const foreign = repository.release("dev", "cart", "2".repeat(40));
  const result = await bumped(repository.root, repository.changeSource("cart"), images);
  expect(result).toMatchObject({ pushed: undefined, leaves: [{ outcome: "refused" }] });
  expect(onMain("cart")).toContain(foreign);
});

test("a dry run and a person's unsaved work are left as they are", async () => {
  repository = givenRepository(["cart"]);
  const commit = repository.changeSource("cart");
  const file = releaseFile({ environment: "dev", service: "cart" });
  repository.write(file, "half written");
  repository.write("services/cart/src/new.ts", "half written");

  const dry = await bumped(repository.root, commit, { cart: someDigest() }, { dryRun: true });
  expect(dry).toMatchObject({ pushed: undefined, leaves: [{ outcome: "written" }] });
  expect(onMain("cart")).toBe(leafText("cart"));

  const digest = someDigest();
  await bumped(repository.root, commit, { cart: digest });
  expect(onMain("cart")).toBe(leafText("cart", commit, digest));
  expect(repository.read(file)).toBe("half written");
  expect(repository.git("status", "--porcelain")).toContain("?? services/cart/src/new.ts");
  expect(repository.git("diff", "--name-only", "HEAD", "origin/main")).toBe(file);
});
