import type { ToolName } from "../tools/pinned-tools.ts";

export interface Finding {
  /** 0 when the tool found nothing to complain about. */
  readonly code: number;
  readonly output: string;
}

/** A tool of somebody else that judges a part of the tree. */
export interface Linter {
  readonly tool: ToolName;
  /** What it looks at, for people. */
  readonly judges: string;
  /** Runs the command on the repository; one finding per run of it. */
  readonly run: (root: string, command: string) => Promise<Finding[]>;
}
