import { expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { linkLibraries } from "../src/postgres/binaries.ts";

test("libraries that npm did not link, its install scripts being off, are linked once", async () => {
  const folder = mkdtempSync(join(tmpdir(), "mall-binaries-"));
  mkdirSync(join(folder, "native/lib"), { recursive: true });
  writeFileSync(join(folder, "native/lib/libpq.so.5.18"), "the library");
  writeFileSync(
    join(folder, "native/pg-symlinks.json"),
    JSON.stringify([{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }]),
  );

  await linkLibraries(folder);
  await linkLibraries(folder);

  expect(readFileSync(join(folder, "native/lib/libpq.so.5"), "utf8")).toBe("the library");
  rmSync(folder, { recursive: true });
});
