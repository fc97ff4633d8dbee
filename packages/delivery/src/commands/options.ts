import { resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { repositoryRoot } from "../git/history.ts";
import { defaultUpstream, type Upstream } from "../git/upstream.ts";

/** What every command takes. */
export interface CommonFlags {
  readonly root: string;
  readonly json?: boolean;
}

export const withCommonOptions = (command: Command): Command =>
  command
    .option("--root <folder>", "a folder in the repository to work on", ".")
    .option("--json", "print the result as JSON");

export interface UpstreamFlags {
  readonly remote: string;
  readonly branch: string;
}

export const withUpstreamOptions = (command: Command): Command =>
  command
    .option("--remote <name>", "the remote that has the branch", defaultUpstream.remote)
    .option("--branch <name>", "the branch that Argo CD reads", defaultUpstream.branch);

export const upstreamOf = ({ remote, branch }: UpstreamFlags): Upstream => ({ remote, branch });

export const dryRunOption = (): Option =>
  new Option("--dry-run", "say what would be written, and write nothing");

export const rootOf = ({ root }: CommonFlags): Promise<string> => repositoryRoot(resolve(root));

/** Prints the result itself for programs, and sentences about it for people. */
export function answer<T>(
  { json }: CommonFlags,
  result: T,
  sentences: (result: T) => readonly string[],
): void {
  const text = json ? JSON.stringify(result, undefined, 2) : sentences(result).join("\n");
  if (text) process.stdout.write(`${text}\n`);
}

/** A parser for options of whole numbers from 1. */
export function positiveInteger(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("It has to be a whole number from 1.");
  return Number(text);
}
