import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { chmodSync } from "node:fs";
import { delimiter, join } from "node:path";
import { statusCommand } from "../src/commands/status.ts";
import { age } from "../src/status/table.ts";
import { givenLocalRepository, givenRepository, type LocalRepository } from "./support/repository.ts";
import { told } from "./support/told.ts";

let repository: LocalRepository;
const path = process.env["PATH"];

jest.setTimeout(180_000);
afterEach(() => {
  process.env["PATH"] = path;
  repository.remove();
});

const toldStatus = (...args: string[]): Promise<string> =>
  told(statusCommand, "--root", repository.root, ...args);

const short = (commit: string): string => commit.slice(0, 12);

describe("npm run status", () => {
  test("says what a person would say of a history", async () => {
    const shared = givenRepository(["cart", "email", "product", "search"]);
    repository = shared;
    const [first = "", ...later] = [1, 2, 3, 4].map(() => repository.changeSource("cart"));
    const newest = later.at(-1) ?? "";
    const digests = {
      dev: repository.release("dev", "cart", newest),
      staging: repository.release("staging", "cart", newest),
      prod: repository.release("prod", "cart", first),
    };
    for (const environment of ["dev", "staging", "prod"]) repository.release(environment, "email", first);
    repository.release("dev", "search", repository.changeSource("search"));
    repository.changeSource("search");
    const elsewhere = shared.clone();
    elsewhere.changeSource("email");

    const printed = await toldStatus();

    expect(printed).toContain("cart: prod is 3 commits behind staging.");
    expect(printed).toContain("email: dev is 1 commit behind main.");
    expect(printed).toContain("search: dev is 1 commit behind main; not released yet in staging and prod.");
    expect(printed).toContain("product: not released yet.");
    const row = printed.split("\n").find((line) => line.startsWith("cart "));
    expect(row).toMatch(
      new RegExp(
        `^cart +${short(newest)} +${digests.dev.slice(7, 14)} +0 min +${short(newest)} +${digests.staging.slice(7, 14)} +0 min +${short(first)} +${digests.prod.slice(7, 14)} +0 min$`,
      ),
    );
    expect(printed).toMatch(/^product +not released yet +not released yet +not released yet$/m);
  });

  test("says that all is well, that nothing is there, and that dev was rolled back", async () => {
    repository = givenLocalRepository(["cart"]);
    expect(await toldStatus()).toContain("Nothing is released yet");

    const [first = "", second = ""] = [1, 2].map(() => repository.changeSource("cart"));
    for (const environment of ["dev", "staging", "prod"]) repository.release(environment, "cart", second);
    expect(await toldStatus()).toContain("Everything: the same in dev, staging and prod.");

    repository.release("dev", "cart", first);
    expect(await toldStatus()).toContain(
      "Everything: dev is 1 commit behind main; staging is 1 commit ahead of dev.",
    );
  });

  test("without a network tells the last known state, and that it is that", async () => {
    repository = givenRepository(["cart"]);
    repository.release("dev", "cart", repository.changeSource("cart"));
    repository.git("remote", "set-url", "origin", "/nowhere");
    const warned = jest.spyOn(process.stderr, "write").mockReturnValue(true);

    expect(await toldStatus()).toContain("cart");

    expect(warned).toHaveBeenCalledWith("origin does not answer; this is what it said last.\n");
    warned.mockRestore();
  });

  test("gives programs the same as JSON, with whole commits and digests", async () => {
    repository = givenLocalRepository(["cart"]);
    const commit = repository.changeSource("cart");
    const digest = repository.release("dev", "cart", commit);

    expect(JSON.parse(await toldStatus("--json"))).toEqual({
      commit: repository.git("rev-parse", "HEAD"),
      services: [
        {
          service: "cart",
          environments: {
            dev: {
              version: short(commit),
              image: "ghcr.io/acme-shops/mall-cart",
              commit,
              digest,
              since: expect.stringMatching(/^20\d\d-/),
            },
            staging: "unreleased",
            prod: "unreleased",
          },
          distances: [{ environment: "dev", comparedWith: "main", comparable: true, behind: 0, ahead: 0 }],
        },
      ],
    });
  });

  test("asks the cluster for phase, weight and health, and sees what it does not have yet", async () => {
    repository = givenLocalRepository(["cart"]);
    const [old = "", asked = ""] = [1, 2].map(() => repository.changeSource("cart"));
    repository.release("dev", "cart", asked);
    givenCluster([
      rollout("mall-dev", "cart", old, {
        phase: "Degraded",
        message: "aborted",
        replicas: 2,
        readyReplicas: 1,
      }),
      rollout("mall-prod", "cart", asked, {
        phase: "Paused",
        message: "CanaryPauseStep",
        replicas: 2,
        readyReplicas: 2,
        canary: { weights: { canary: { weight: 20 }, stable: { weight: 80 } } },
      }),
    ]);

    const printed = await toldStatus("--context", "kind");

    expect(printed).toContain(
      `dev cart: Degraded, 1 of 2 pods ready, has ${short(old)} where Git asks for ${short(asked)} (aborted)`,
    );
    expect(printed).toContain("prod cart: Paused, canary at 20 %, 2 of 2 pods ready (CanaryPauseStep)");
    givenCluster(undefined);
    await expect(toldStatus("--context", "kind")).rejects.toThrow(
      'The cluster of "kind" does not answer: no such context',
    );
  });
});

test.each([
  [0, "0 min"],
  [59, "59 min"],
  [60, "1 h"],
  [60 * 47, "47 h"],
  [60 * 48, "2 d"],
])("%d minutes are told as %s", (minutes, expected) => {
  expect(age(new Date(0), new Date(minutes * 60_000))).toBe(expected);
});

function rollout(namespace: string, name: string, commit: string, status: object): object {
  const image = `ghcr.io/acme-shops/mall-${name}:${commit}@sha256:1`;
  return { metadata: { namespace, name }, spec: { template: { spec: { containers: [{ image }] } } }, status };
}

/** A cluster is out of reach of tests: a `kubectl` that answers with these Rollouts, or that knows no context. */
function givenCluster(items: object[] | undefined): void {
  const folder = join(repository.root, "../bin");
  repository.write("../bin/answer.json", JSON.stringify({ items }));
  repository.write(
    "../bin/kubectl",
    `#!/bin/sh\n${items ? `cat ${folder}/answer.json` : "echo no such context >&2; exit 1"}\n`,
  );
  chmodSync(join(folder, "kubectl"), 0o755);
  process.env["PATH"] = `${folder}${delimiter}${path}`;
}
