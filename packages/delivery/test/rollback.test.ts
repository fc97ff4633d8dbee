import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { releaseFile } from "../src/index.ts";
import { newestOf, defaultUpstream } from "../src/git/upstream.ts";
import { planRollback, type Rollback, rollbackProposal } from "../src/release/rollback.ts";
import { givenLocalRepository, leafText, type LocalRepository } from "./support/repository.ts";

let repository: LocalRepository;
const leaf = { environment: "prod", service: "cart" };

jest.setTimeout(180_000);
afterEach(() => repository.remove());

async function rolledBack(to?: string): Promise<Rollback> {
  const newest = await newestOf(repository.root, defaultUpstream);
  return planRollback({ root: repository.root, newest, leaf, ...(to && { to }) });
}

/** Three releases of cart, and a neighbour's in between. */
function givenReleases(): { commits: string[]; digests: string[] } {
  repository = givenLocalRepository(["cart", "product"]);
  const commits = [1, 2, 3].map(() => repository.changeSource("cart"));
  const digests = commits.map((commit) => {
    repository.release("prod", "product", commit);
    return repository.release("prod", "cart", commit);
  });
  return { commits, digests };
}

describe("going back", () => {
  test("takes the release before, with its digest", async () => {
    const { commits, digests } = givenReleases();

    const proposal = rollbackProposal(await rolledBack(), "checkout fails");

    expect([...proposal.files]).toEqual([[releaseFile(leaf), leafText("cart", commits[1], digests[1])]]);
    expect(proposal).toMatchObject({
      branch: "rollback/prod/cart",
      body: expect.stringContaining("checkout fails"),
    });
  });

  test("twice goes two releases back, and not forth again", async () => {
    const { commits } = givenReleases();
    repository.write(releaseFile(leaf), (await rolledBack()).text);
    repository.push("Roll back cart in prod");

    expect((await rolledBack()).to.commit).toBe(commits[0]);
  });

  test("takes any release that ran there, by its commit", async () => {
    const { commits, digests } = givenReleases();

    expect((await rolledBack(commits[0]?.slice(0, 12))).to).toMatchObject({ digest: digests[0] });
  });

  test("ends where there is nothing that ran there before", async () => {
    const { commits } = givenReleases();

    await expect(rolledBack("1234567")).rejects.toThrow(
      "prod never ran 1234567 of cart: only what ran there before can come back.",
    );
    await expect(rolledBack(commits[2])).rejects.toThrow(/already/);
    await expect(rolledBack("HEAD")).rejects.toThrow(/"HEAD" is not a commit/);
    repository.write(releaseFile(leaf), leafText("cart"));
    repository.push("Adopted");
    await expect(rolledBack()).rejects.toThrow("cart is not released in prod yet.");
    repository.release("prod", "cart", commits[2] ?? "");
    await expect(rolledBack()).rejects.toThrow(/prod never ran an older release of cart/);
  });
});
