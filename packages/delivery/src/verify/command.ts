import { Command } from "commander";
import { asText } from "./report.ts";
import { rules } from "./rules.ts";
import { verify } from "./verify.ts";

interface Flags {
  root: string;
  json?: boolean;
  rules?: boolean;
}

/** `npm run verify`: ends with 1 when a rule is broken. */
export const verifyCommand = new Command("verify")
  .description("Render everything that is delivered and hold the rules against it")
  .option("--root <folder>", "the repository", ".")
  .option("--json", "print the report as JSON")
  .option("--rules", "list the rules with their reasons, and check nothing")
  .action(async ({ root, json = false, rules: list = false }: Flags) => {
    if (list) return print(listOfRules());
    const report = await verify(root);
    print(json ? JSON.stringify(report, undefined, 2) : asText(report));
    process.exitCode = report.violations.length === 0 ? 0 : 1;
  });

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const listOfRules = (): string => rules.map(({ name, because }) => `${name}\n  ${because}`).join("\n");
