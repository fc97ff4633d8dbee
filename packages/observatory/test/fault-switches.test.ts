import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Faults } from "../src/api-types.ts";
import { createFaultFile } from "../src/faults/fault-file.ts";
import { givenObservatory, type GivenObservatory } from "./support/given-observatory.ts";

const content = {
  $schema: "https://flagd.dev/schema/v0/flags.json",
  flags: {
    "cart.error-ratio": {
      state: "ENABLED",
      variants: { off: 0, half: 0.5, all: 1 },
      defaultVariant: "off",
      metadata: { description: "Cart answers 500", lookAt: "The edge from checkout to cart", owner: "mall" },
    },
    "email.crash": { state: "DISABLED", variants: { on: true, quiet: false }, defaultVariant: "on" },
  },
  metadata: { kept: true },
};

let directory: string;
let file: string;
let observatory: GivenObservatory;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "observatory-faults-"));
  file = join(directory, "faults.json");
  await writeFile(file, JSON.stringify(content));
  observatory = await givenObservatory({ faultsFile: file });
});

afterEach(async () => {
  await observatory.stop();
  await rm(directory, { recursive: true });
});

const change = (flag: string, variant: string) => observatory.http.put("/api/faults").send({ flag, variant });
const inFile = async (): Promise<typeof content> =>
  JSON.parse(await readFile(file, "utf8")) as typeof content;

test("the switches show what the file says", async () => {
  expect(await observatory.get<Faults>("/api/faults")).toEqual({
    available: true,
    flags: [
      {
        key: "cart.error-ratio",
        enabled: true,
        variants: ["off", "half", "all"],
        current: "off",
        off: "off",
        on: false,
        description: "Cart answers 500",
        lookAt: "The edge from checkout to cart",
      },
      {
        key: "email.crash",
        enabled: false,
        variants: ["on", "quiet"],
        current: "on",
        off: "quiet",
        on: false,
        description: "",
        lookAt: "",
      },
    ],
  });
});

test("a switch changes its default variant and nothing else", async () => {
  const { body } = await change("cart.error-ratio", "half").expect(200);

  expect((body as Faults).flags[0]).toMatchObject({ current: "half", on: true });
  const flag = { ...content.flags["cart.error-ratio"], defaultVariant: "half" };
  expect(await inFile()).toEqual({ ...content, flags: { ...content.flags, "cart.error-ratio": flag } });
  expect(await readdir(directory)).toEqual(["faults.json"]);
});

test("a disabled flag that is switched on is enabled", async () => {
  await change("email.crash", "on").expect(200);

  expect((await inFile()).flags["email.crash"]).toMatchObject({ state: "ENABLED", defaultVariant: "on" });
});

test("two switches at once are both set", async () => {
  const switches = createFaultFile(file);

  for (const [ratio, crash] of [
    ["half", "quiet"],
    ["all", "on"],
    ["off", "quiet"],
  ] as const) {
    await Promise.all([switches.set("cart.error-ratio", ratio), switches.set("email.crash", crash)]);

    const { flags } = await inFile();
    expect([flags["cart.error-ratio"].defaultVariant, flags["email.crash"].defaultVariant]).toEqual([
      ratio,
      crash,
    ]);
  }
});

test("a service that reads while a switch is set never sees half a file", async () => {
  await writeFile(file, JSON.stringify({ ...content, padding: "x".repeat(4_000_000) }));
  const switches = createFaultFile(file);

  for (const variant of ["half", "all", "off"]) {
    const reads: Promise<typeof content>[] = [];
    const reading = setInterval(() => reads.push(inFile()), 1);
    await switches.set("cart.error-ratio", variant);
    clearInterval(reading);

    for (const { flags } of await Promise.all(reads)) expect(flags["email.crash"]).toBeDefined();
    expect(reads.length).toBeGreaterThan(1);
  }
});

test.each([
  ["no.such", "off", 404],
  ["__proto__", "off", 404],
  ["cart.error-ratio", "double", 422],
  ["cart.error-ratio", "toString", 422],
  ["", "off", 400],
])("%p to %p is refused with %d and the file stays", async (flag, variant, status) => {
  await change(flag, variant).expect(status);

  expect(await inFile()).toEqual(content);
});

test("a form cannot switch", async () => {
  await observatory.http.put("/api/faults").type("text/plain").send('{"flag":"email.crash"}').expect(415);
});

test("a file that is broken is said to be, and not overwritten", async () => {
  await writeFile(file, "{");

  await observatory.http.get("/api/faults").expect(502);
  await change("email.crash", "on").expect(502);

  expect(await readFile(file, "utf8")).toBe("{");
});

test("without a file there is nothing to switch", async () => {
  const none = await givenObservatory();

  expect(await none.get<Faults>("/api/faults")).toEqual({ available: false, flags: [] });
  await none.http.put("/api/faults").send({ flag: "a", variant: "b" }).expect(409);
  await none.stop();
});
