import { expect, test } from "@jest/globals";
import { rememberEach } from "../src/client/remember-each.ts";

function givenCatalogue() {
  const asked: string[][] = [];
  let now = 0;
  const grams = new Map([
    ["cup", 300],
    ["pot", 900],
  ]);
  const weights = rememberEach<number>(
    async (keys) => {
      asked.push([...keys]);
      return new Map(keys.flatMap((key) => (grams.has(key) ? [[key, grams.get(key) ?? 0]] : [])));
    },
    1_000,
    () => now,
  );
  return { weights, asked, grams, wait: (ms: number) => (now += ms) };
}

test("what is known is not asked again, what is not is asked about alone", async () => {
  const { weights, asked } = givenCatalogue();
  expect(await weights(["cup"])).toEqual(new Map([["cup", 300]]));
  expect(await weights(["cup", "pot", "cup"])).toEqual(
    new Map([
      ["cup", 300],
      ["pot", 900],
    ]),
  );
  await weights(["pot", "cup"]);
  expect(asked).toEqual([["cup"], ["pot"]]);
});

test("what has changed is known as soon as the time is over", async () => {
  const { weights, grams, wait } = givenCatalogue();
  await weights(["cup"]);
  grams.set("cup", 310);
  expect((await weights(["cup"])).get("cup")).toBe(300);
  wait(1_000);
  expect((await weights(["cup"])).get("cup")).toBe(310);
});

test("what does not exist yet is asked about each time, and a failure is not remembered", async () => {
  const { weights, grams } = givenCatalogue();
  expect(await weights(["mug"])).toEqual(new Map());
  grams.set("mug", 250);
  expect(await weights(["mug"])).toEqual(new Map([["mug", 250]]));

  let fails = true;
  const flaky = rememberEach<number>(async () => {
    if (fails) throw new Error("away");
    return new Map([["cup", 1]]);
  }, 1_000);
  await expect(flaky(["cup"])).rejects.toThrow("away");
  fails = false;
  expect(await flaky(["cup"])).toEqual(new Map([["cup", 1]]));
});
