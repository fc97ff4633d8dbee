import { readFile } from "node:fs/promises";
import { RuleFileError } from "./rule-file-error.ts";

/** The text of a rules file. @throws {RuleFileError} when it cannot be read */
export async function readRules(path: string): Promise<string> {
  return readFile(path, "utf8").catch((cause: unknown) => {
    throw new RuleFileError(`The rules file ${path} cannot be read: set RULES_FILE.`, { cause });
  });
}
