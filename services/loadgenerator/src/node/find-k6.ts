import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../../..");
const pinned = "v2.2.0";
const own = join(root, ".mall/bin/k6");

const versionOf = (command: string): string =>
  spawnSync(command, ["version"], { encoding: "utf8" }).stdout ?? "";

/**
 * The k6 to run: the one on the PATH when it is of the pinned version, else one built from the pinned module under
 * tools/ (which takes a minute or two, once). Throws an Error that says what to install when neither can be had.
 */
export function findK6(say: (line: string) => void): string {
  const found = ["k6", own].find((command) => versionOf(command).includes(pinned));
  if (found) return found;
  if (spawnSync("go", ["version"]).error)
    throw new Error(`Install k6 ${pinned}, or Go to have it built from tools/k6; or leave out --k6.`);
  say(`Building k6 ${pinned} from tools/k6: a minute or two, only this once.`);
  mkdirSync(join(root, ".mall/bin"), { recursive: true });
  const build = spawnSync("go", ["build", "-o", own, "go.k6.io/k6/v2"], {
    cwd: join(root, "tools/k6"),
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, CGO_ENABLED: "0" },
  });
  if (build.status !== 0) throw new Error("k6 could not be built; Go has said why above.");
  return own;
}
