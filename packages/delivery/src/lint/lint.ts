import { DeliveryError } from "../delivery-error.ts";
import { toolPath } from "../tools/tool-path.ts";
import type { Linter } from "./linter.ts";

export interface LintResult {
  readonly tool: string;
  readonly judges: string;
  readonly outcome: "clean" | "complains" | "skipped";
  /** What the tool said, or why it could not be asked. */
  readonly output: string;
}

export interface LintOptions {
  readonly root: string;
  readonly linters: readonly Linter[];
  /** Builds of tools that take longer are not begun: the linter is skipped. */
  readonly maxBuildSeconds: number;
  readonly say: (line: string) => void;
}

/** Asks one linter after the other, so that their builds do not fight for the processors. */
export async function lint({ root, linters, maxBuildSeconds, say }: LintOptions): Promise<LintResult[]> {
  const results: LintResult[] = [];
  for (const linter of linters) {
    const { tool, judges } = linter;
    const command = await toolPath(tool, { maxBuildSeconds, say }).catch((error: unknown) => {
      if (error instanceof DeliveryError) return error;
      throw error;
    });
    if (command instanceof DeliveryError) {
      results.push({ tool, judges, outcome: "skipped", output: command.message });
      continue;
    }
    const findings = await linter.run(root, command);
    const complaints = findings.filter(({ code }) => code !== 0).map(({ output }) => output);
    results.push({
      tool,
      judges,
      outcome: complaints.length > 0 ? "complains" : "clean",
      output: complaints.join("\n\n"),
    });
  }
  return results;
}
