import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { RuleFileError } from "./rule-file-error.ts";

/** The file that Prometheus evaluates in the cluster. From here it is as far in `src` as in `dist`. */
const OWN = join(import.meta.dirname, "../../../../base/alerts/rules/mall-rules.yaml");

/** The text of the rules. @param file null for the mall's own. @throws {RuleFileError} when it cannot be read */
export async function readRules(file: string | null): Promise<string> {
  const path = file ?? OWN;
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new RuleFileError(`The rules file ${path} cannot be read: set RULES_FILE.`, { cause });
  });
}
