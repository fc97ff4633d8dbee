import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";

const saved = z.record(z.string(), z.string());

/** The password of each service's database role, made on first use and kept in a file that only its owner can read. */
export function readPasswords(file: string, names: readonly string[]): Record<string, string> {
  const known = readSaved(file);
  const passwords = Object.fromEntries(
    names.map((name) => [name, known[name] ?? randomBytes(24).toString("base64url")]),
  );
  const all = { ...known, ...passwords };
  if (Object.keys(all).length > Object.keys(known).length) {
    // Moved into place, so that a start killed here leaves the old file or the new one, never half of one.
    writeFileSync(`${file}.new`, JSON.stringify(all, null, 2), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return passwords;
}

function readSaved(file: string): Record<string, string> {
  try {
    return saved.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
