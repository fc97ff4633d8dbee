import { afterEach, expect, jest, test } from "@jest/globals";
import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pushChange } from "../src/git/push-change.ts";
import { defaultUpstream as upstream } from "../src/git/upstream.ts";
import { givenRepository, type Repository } from "./support/repository.ts";

let repository: Repository;

// Git runs a few hundred processes here, each of them slow on a busy machine.
jest.setTimeout(180_000);
afterEach(() => repository.remove());

const note = { files: new Map([["note.txt", "mine"]]), message: "A note" };

test("whoever was passed on the way to the push decides again, on what the other has left", async () => {
  repository = givenRepository(["cart"]);
  const other = repository.clone();
  const seen: string[] = [];

  const pushed = await pushChange({
    root: repository.root,
    upstream,
    attempts: 2,
    async change(newest) {
      seen.push(newest);
      if (seen.length === 1) other.changeSource("cart");
      return note;
    },
  });

  expect(seen).toEqual([expect.any(String), other.git("rev-parse", "HEAD")]);
  expect(repository.git("rev-parse", "origin/main")).toBe(pushed);
  expect(repository.git("rev-parse", "origin/main^")).toBe(seen[1]);
});

test("whoever is passed every time gives up with a sentence and has written nothing", async () => {
  repository = givenRepository(["cart"]);
  const other = repository.clone();
  const change = async (): Promise<typeof note> => {
    other.changeSource("cart");
    return note;
  };

  await expect(pushChange({ root: repository.root, upstream, attempts: 3, change })).rejects.toThrow(
    /Others pushed to main each of 3 times first/,
  );
  repository.git("fetch", "--quiet");
  expect(repository.git("ls-tree", "--name-only", "origin/main")).not.toContain("note.txt");
});

test("a branch that takes no pushes is not tried again", async () => {
  repository = givenRepository(["cart"]);
  const hook = join(repository.origin, "hooks/pre-receive");
  writeFileSync(hook, "#!/bin/sh\necho 'changes go through review' >&2\nexit 1\n");
  chmodSync(hook, 0o755);
  let asked = 0;
  const change = async (): Promise<typeof note> => {
    asked++;
    return note;
  };

  await expect(pushChange({ root: repository.root, upstream, attempts: 9, change })).rejects.toThrow(
    /origin refused the push to main: .*pre-receive hook declined/,
  );
  expect(asked).toBe(1);
});
