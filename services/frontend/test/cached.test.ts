import { expect, jest, test } from "@jest/globals";
import { cached } from "../src/cached.ts";

test("those who ask at the same moment share one load, and so do those who ask soon after", async () => {
  const load = jest.fn(async () => "answer");
  const read = cached(load, 60_000);

  const answers = await Promise.all([read(), read(), read()]);
  answers.push(await read());

  expect(answers).toEqual(["answer", "answer", "answer", "answer"]);
  expect(load).toHaveBeenCalledTimes(1);
});

test("what has grown old is loaded again", async () => {
  let count = 0;
  const read = cached(async () => ++count, 0);

  expect([await read(), await read()]).toEqual([1, 2]);
});

test("while loading fails, the last answer stands", async () => {
  let fails = false;
  const read = cached(async () => {
    if (fails) throw new Error("down");
    return "answer";
  }, 0);
  await read();
  fails = true;

  expect(await read()).toBe("answer");
});

test("a first load that fails rejects, and the next one tries again", async () => {
  const load = jest
    .fn<() => Promise<string>>()
    .mockRejectedValueOnce(new Error("down"))
    .mockResolvedValue("answer");
  const read = cached(load, 60_000);

  await expect(read()).rejects.toThrow("down");
  expect(await read()).toBe("answer");
});
