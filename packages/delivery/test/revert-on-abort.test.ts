import { afterEach, describe, expect, jest, test } from "@jest/globals";
import { parseAbortedRollout } from "../src/changes/aborted-rollout.ts";
import { Superseded } from "../src/delivery-error.ts";
import { releaseFile } from "../src/index.ts";
import { defaultUpstream, newestOf } from "../src/git/upstream.ts";
import { planRevert, type Revert } from "../src/release/revert.ts";
import { givenLocalRepository, leafText, type LocalRepository } from "./support/repository.ts";

let repository: LocalRepository;

jest.setTimeout(180_000);
afterEach(() => repository?.remove());

async function reverted(event: object): Promise<Revert> {
  const newest = await newestOf(repository.root, defaultUpstream);
  const told = parseAbortedRollout(JSON.stringify({ service: "cart", environment: "dev", ...event }));
  return planRevert(repository.root, newest, told);
}

function givenTwoReleases(): { good: string; goodDigest: string; bad: string } {
  repository = givenLocalRepository(["cart"]);
  const good = repository.changeSource("cart");
  const bad = repository.changeSource("cart");
  const goodDigest = repository.release("dev", "cart", good);
  repository.release("dev", "cart", bad);
  return { good, goodDigest, bad };
}

describe("when the cluster has aborted a release", () => {
  test("Git is told to say what ran before, with the evidence", async () => {
    const { good, goodDigest, bad } = givenTwoReleases();
    const writtenBy = repository.git("rev-parse", "HEAD");

    const revert = await reverted({
      commit: bad,
      message: "metric error-ratio assessed Failed",
      analysis: [{ metric: "error-ratio", value: "[0.37]", limit: "result[0] <= 0.05", phase: "Failed" }],
      traceIds: ["4bf92f3577b34da6a3ce929d0e0e4736"],
    });

    expect([...revert.proposal.files]).toEqual([
      [releaseFile({ environment: "dev", service: "cart" }), leafText("cart", good, goodDigest)],
    ]);
    expect(revert.proposal.title).toBe(
      `Revert cart in dev to ${good.slice(0, 12)}: ${bad.slice(0, 12)} was aborted`,
    );
    const { body } = revert.proposal;
    expect(body).toContain("- error-ratio: `[0.37]` where `result[0] <= 0.05` was asked (Failed)");
    expect(body).toContain("4bf92f3577b34da6a3ce929d0e0e4736");
    expect(body).toContain(`This reverts commit ${writtenBy}.`);
  });

  test("nothing happens if Git has moved on, forth or back", async () => {
    const { good, bad } = givenTwoReleases();
    repository.release("dev", "cart", repository.changeSource("cart"));
    await expect(reverted({ commit: bad })).rejects.toThrow(Superseded);

    repository.release("dev", "cart", good);
    await expect(reverted({ commit: bad })).rejects.toThrow(Superseded);
  });

  test("a sync that failed is reverted by the revision that failed", async () => {
    const { good } = givenTwoReleases();
    const revision = repository.git("rev-parse", "HEAD");
    expect((await reverted({ revision })).back.commit).toBe(good);

    repository.release("dev", "cart", repository.changeSource("cart"));
    await expect(reverted({ revision })).rejects.toThrow(/Git has moved on/);
  });

  test("a first release has nothing to go back to", async () => {
    repository = givenLocalRepository(["cart"]);
    const commit = repository.changeSource("cart");
    repository.release("dev", "cart", commit);

    await expect(reverted({ commit })).rejects.toThrow(/was the first release of cart in dev/);
  });
});

describe("the event", () => {
  test("cannot put markup, mentions or lines of its own into the message", () => {
    const { message, analysis } = parseAbortedRollout(
      JSON.stringify({
        service: "cart",
        environment: "dev",
        commit: "1".repeat(40),
        message: "`</details>`\n\n@everyone\u001b[31m",
        analysis: [{ metric: "error-ratio", value: 0.5 }],
      }),
    );

    expect(message).toBe("</details> @everyone [31m");
    expect(analysis).toEqual([{ metric: "error-ratio", value: "0.5" }]);
  });

  test.each([
    ["no JSON", "{", /is not JSON/],
    ["a path as service", { service: "../cart", commit: "1".repeat(40) }, /service/],
    [
      "an environment that Git does not deliver",
      { environment: "qa", commit: "1".repeat(40) },
      /environment/,
    ],
    ["an option as commit", { commit: "--all" }, /commit/],
    ["no commit", {}, /it needs a commit or a revision/],
  ])("with %s is refused", (_, event, complaint) => {
    const json =
      typeof event === "string" ? event : JSON.stringify({ service: "cart", environment: "dev", ...event });
    expect(() => parseAbortedRollout(json)).toThrow(complaint);
  });
});
