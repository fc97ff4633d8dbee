import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { runCommandLine } from "../src/command-line.ts";
import { givenRepository, type Repository } from "./support/repository.ts";

let repository: Repository | undefined;
let printed: { out: string; err: string };

jest.setTimeout(180_000);
beforeEach(() => {
  const into = (stream: "out" | "err") => (text: string | Uint8Array) => {
    printed[stream] += String(text);
    return true;
  };
  jest.spyOn(process.stdout, "write").mockImplementation(into("out"));
  jest.spyOn(process.stderr, "write").mockImplementation(into("err"));
});
afterEach(() => {
  jest.restoreAllMocks();
  process.exitCode = 0;
  repository?.remove();
  repository = undefined;
});

async function delivery(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  process.exitCode = 0;
  printed = { out: "", err: "" };
  await runCommandLine(["node", "delivery", ...args, ...(repository ? ["--root", repository.root] : [])]);
  return { code: process.exitCode, ...printed };
}

describe("every command", () => {
  const commands = [
    "status",
    "bump",
    "changed",
    "promote",
    "rollback",
    "revert-on-abort",
    "adopt",
    "render",
    "diff",
    "verify",
    "lint",
  ];

  test.each(commands)("%s explains itself, and can answer programs", async (command) => {
    const { code, out } = await delivery(command, "--help");

    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: /);
    expect(out).toContain("--json");
  });

  test.each(["bump", "promote", "rollback", "revert-on-abort", "adopt"])(
    "%s writes nothing when asked so",
    async (command) => {
      expect((await delivery(command, "--help")).out).toContain("--dry-run");
    },
  );
});

describe("the exit code", () => {
  test("is 2 for a call in a wrong way, 1 for a refusal in one sentence", async () => {
    repository = givenRepository(["cart"]);
    expect(await delivery("bump")).toMatchObject({ code: 2, err: expect.stringMatching(/--image/) });
    expect(await delivery("bump", "--image", "cart", "--commit", "abc")).toMatchObject({ code: 2 });
    expect(await delivery("frobnicate")).toMatchObject({ code: 2 });
    expect(await delivery("promote", "cart", "dev", "production")).toEqual({
      code: 1,
      out: "",
      err: 'error There is no environment "production": it is one of dev, staging, prod.\n',
    });
    expect(await delivery("rollback", "cart", "dev")).toEqual({
      code: 1,
      out: "",
      err: "error cart is not released in dev yet.\n",
    });
  });

  test("is 0 when what was asked for has been overtaken", async () => {
    repository = givenRepository(["cart"]);
    const commit = repository.changeSource("cart");
    repository.release("dev", "cart", commit);

    const told = await delivery(
      "promote",
      "cart",
      "dev",
      "staging",
      "--commit",
      "1".repeat(40),
      "--pull-request",
    );

    expect(told).toEqual({
      code: 0,
      out: `111111111111 of cart is not what dev runs: that is ${commit.slice(0, 12)}.\n`,
      err: "",
    });
  });
});

describe("a person", () => {
  test("promotes, looks, and is told what to do next; a rollback can go straight to main", async () => {
    const origin = (repository = givenRepository(["cart"]));
    const [first = "", second = ""] = [1, 2].map(() => origin.changeSource("cart"));
    origin.release("dev", "cart", first);
    origin.release("dev", "cart", second);
    const before = origin.git("rev-parse", "HEAD");

    const dry = await delivery("promote", "cart", "dev", "staging", "--dry-run");
    expect(dry.out).toBe(
      `cart: ${second.slice(0, 12)} to staging (its first)\nWould be branch promote/staging/cart.\n`,
    );
    expect(origin.git("branch", "--list", "promote/*")).toBe("");

    const promoted = await delivery("promote", "cart", "dev", "staging");
    expect(promoted.out).toContain("git push origin promote/staging/cart");

    const direct = await delivery("rollback", "cart", "dev", "--direct", "--reason", "carts are empty");
    expect(direct.out).toBe(
      `cart in dev: from ${second.slice(0, 12)} back to ${first.slice(0, 12)}.\nPushed to main.\n`,
    );
    expect(origin.git("rev-parse", "origin/main^")).toBe(before);
    expect(origin.git("log", "-1", "--format=%B", "origin/main")).toContain("carts are empty");
  });
});
