import { Command, CommanderError } from "commander";
import color from "picocolors";
import { adoptCommand } from "./commands/adopt.ts";
import { bumpCommand } from "./commands/bump.ts";
import { changedCommand } from "./commands/changed.ts";
import { diffCommand } from "./commands/diff.ts";
import { lintCommand } from "./commands/lint.ts";
import { promoteCommand } from "./commands/promote.ts";
import { renderCommand } from "./commands/render.ts";
import { revertOnAbortCommand } from "./commands/revert-on-abort.ts";
import { rollbackCommand } from "./commands/rollback.ts";
import { DeliveryError, Superseded } from "./delivery-error.ts";
import { statusCommand } from "./commands/status.ts";
import { verifyCommand } from "./verify/command.ts";

const commands = [
  statusCommand,
  bumpCommand,
  changedCommand,
  promoteCommand,
  rollbackCommand,
  revertOnAbortCommand,
  adoptCommand,
  renderCommand,
  diffCommand,
  verifyCommand,
  lintCommand,
];

/**
 * Runs the command in `argv`. Exit codes: 0 done, or nothing to do (any more); 1 refused or failed, with one sentence on stderr;
 * 2 called in a wrong way. Any error that is not a DeliveryError is a defect and shows its stack.
 */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command("delivery")
    .description(
      "From a push to every customer: what is built, released, promoted and rolled back, as changes in Git.",
    )
    .exitOverride();
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    if (error instanceof Superseded) {
      process.stdout.write(`${error.message}\n`);
      return;
    }
    if (!(error instanceof DeliveryError)) throw error;
    process.stderr.write(`${color.red("error")} ${error.message}\n`);
    process.exitCode = 1;
  }
}
