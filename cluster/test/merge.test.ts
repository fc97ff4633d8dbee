import { expect, test } from "@jest/globals";
import { merge } from "../src/platform/merge.ts";

test("what is laid over replaces single values and leaves the others", () => {
  const base = { pilot: { cpu: "100m", memory: "512Mi" }, global: { tag: "1.30" } };

  const merged = merge(base, { pilot: { cpu: "50m" } });

  expect(merged).toEqual({ pilot: { cpu: "50m", memory: "512Mi" }, global: { tag: "1.30" } });
});

test("lists of things with names are merged by name, other lists are replaced", () => {
  const base = { providers: [{ name: "otel", port: 4317 }, { name: "access-log" }], modes: ["a", "b"] };

  const merged = merge(base, { providers: [{ name: "otel", port: 4318 }], modes: ["c"] });

  expect(merged).toEqual({ providers: [{ name: "otel", port: 4318 }, { name: "access-log" }], modes: ["c"] });
});
