import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { chmodSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { releaseFile } from "../src/index.ts";
import { propose, type Publication } from "../src/git/proposal.ts";
import { defaultUpstream, newestOf } from "../src/git/upstream.ts";
import { planPromotion, promotionProposal, type PromotionRequest } from "../src/release/promote.ts";
import { givenRepository, leafText, type Repository } from "./support/repository.ts";

let repository: Repository;

jest.setTimeout(180_000);
afterEach(() => repository.remove());

async function promote(
  service: string,
  more: Partial<PromotionRequest> = {},
  publish: Publication["publish"] = "branch",
): Promise<string> {
  const newest = await newestOf(repository.root, defaultUpstream);
  const request: PromotionRequest = {
    root: repository.root,
    newest,
    service,
    from: "dev",
    to: "staging",
    ...more,
  };
  const proposal = promotionProposal(await planPromotion(request), request);
  await propose(repository.root, newest, defaultUpstream, proposal, { publish });
  return proposal.branch;
}

const at = (branch: string, environment: string, service: string): string =>
  `${repository.git("show", `${branch}:${releaseFile({ environment, service })}`)}\n`;

describe("a promotion", () => {
  test("carries tag, digest and version forward on a branch of its own, and nothing else", async () => {
    repository = givenRepository(["cart", "product"]);
    const commit = repository.changeSource("cart");
    const digest = repository.release("dev", "cart", commit);
    repository.write("unsaved.txt", "a person's work");

    const branch = await promote("cart");

    expect(branch).toBe("promote/staging/cart");
    expect(at(branch, "staging", "cart")).toBe(leafText("cart", commit, digest));
    expect(repository.git("diff", "--name-only", "origin/main", branch)).toBe(
      releaseFile({ environment: "staging", service: "cart" }),
    );
    expect(repository.git("branch", "--show-current")).toBe("main");
    expect(repository.git("ls-remote", "origin", branch)).toBe("");
  });

  test("tells what comes with it: the commits that changed the service, not everybody's", async () => {
    repository = givenRepository(["cart", "product"]);
    repository.release("dev", "cart", repository.git("rev-parse", "HEAD"));
    repository.release("staging", "cart", repository.git("rev-parse", "HEAD^"));
    const first = repository.changeSource("cart");
    repository.changeSource("product");
    const second = repository.changeSource("cart");
    repository.release("dev", "cart", second);

    const message = repository.git("log", "-1", "--format=%B", await promote("cart"));

    expect(message).toContain(`Promote cart to staging: ${second.slice(0, 12)}`);
    expect(message).toContain(`- ${second.slice(0, 12)} Change cart\n- ${first.slice(0, 12)} Change cart`);
    expect(message).not.toContain("Change product");
  });

  test("of all services takes those that have something to promote", async () => {
    repository = givenRepository(["cart", "email", "product"]);
    const commit = repository.changeSource("cart");
    repository.release("dev", "cart", commit);
    repository.release("dev", "email", commit);
    repository.write(
      releaseFile({ environment: "staging", service: "email" }),
      repository.read(releaseFile({ environment: "dev", service: "email" })),
    );
    repository.push("staging: email");

    const branch = await promote("all", {}, "pushed");

    expect(repository.git("diff", "--name-only", "origin/main", branch).split("\n")).toEqual([
      releaseFile({ environment: "staging", service: "cart" }),
    ]);
    expect(repository.git("ls-remote", "origin", branch)).toContain(repository.git("rev-parse", branch));
  });

  test("opens a pull request once, and brings it up to date afterwards", async () => {
    repository = givenRepository(["cart"]);
    repository.release("dev", "cart", repository.changeSource("cart"));
    const gh = givenGitHub();
    await promote("cart", {}, "pull-request");
    repository.release("dev", "cart", repository.changeSource("cart"));

    const branch = await promote("cart", {}, "pull-request");

    expect(gh.calls()).toEqual([
      expect.stringMatching(/^pr list --head promote\/staging\/cart --base main --state open/),
      expect.stringMatching(
        /^pr create --head promote\/staging\/cart --base main --title Promote cart to staging/,
      ),
      expect.stringMatching(/^pr list/),
      expect.stringMatching(/^pr edit https:\/\/github.com\/pull\/1 --title Promote cart to staging/),
    ]);
    expect(repository.git("rev-list", "--count", `origin/main..${branch}`)).toBe("1");
  });
});

describe("refused is", () => {
  test("what is not in the environment before", async () => {
    repository = givenRepository(["cart"]);
    const commit = repository.changeSource("cart");
    repository.release("dev", "cart", commit);

    await expect(promote("cart", { from: "staging", to: "prod" })).rejects.toThrow(
      "cart is not released in staging yet.",
    );
    await expect(promote("cart", { from: "dev", to: "prod" })).rejects.toThrow(
      /nothing goes from dev to prod/,
    );
    await expect(promote("cart", { from: "staging", to: "dev" })).rejects.toThrow(
      /nothing goes from staging to dev/,
    );
    await expect(promote("cart", { commit: "1".repeat(40) })).rejects.toThrow(
      `111111111111 of cart is not what dev runs: that is ${commit.slice(0, 12)}.`,
    );
    await expect(promote("basket")).rejects.toThrow(/There is no service "basket" in dev/);
  });

  test("a release that is older than what runs there, or of another history", async () => {
    repository = givenRepository(["cart"]);
    const older = repository.changeSource("cart");
    repository.release("staging", "cart", repository.changeSource("cart"));
    repository.release("dev", "cart", older);
    await expect(promote("cart")).rejects.toThrow(/which is newer than dev's .*: to go back, use rollback/);

    repository.release("staging", "cart", "1".repeat(40));
    await expect(promote("cart")).rejects.toThrow(/no common line of history/);
  });
});

/** GitHub is out of reach of tests: a `gh` that has one pull request once it was created, and writes down its calls. */
function givenGitHub(): { calls(): string[] } {
  const folder = join(repository.root, "../bin");
  const log = join(folder, "calls");
  repository.write(
    "../bin/gh",
    `#!/bin/sh
echo "$@" >> ${log}
case "$2" in
  list) grep -q "^pr create" ${log} && echo https://github.com/pull/1; exit 0 ;;
  create) cat >/dev/null; echo https://github.com/pull/1 ;;
  edit) cat >/dev/null ;;
esac
`,
  );
  chmodSync(join(folder, "gh"), 0o755);
  const path = process.env["PATH"] ?? "";
  process.env["PATH"] = `${folder}${delimiter}${path}`;
  return { calls: () => readFileSync(log, "utf8").trim().split("\n") };
}
