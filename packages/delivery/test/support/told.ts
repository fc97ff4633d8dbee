import type { Command } from "commander";
import { jest } from "@jest/globals";

/** Runs a command in this process and returns what it prints. */
export async function told(command: Command, ...args: string[]): Promise<string> {
  let printed = "";
  const spy = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  try {
    await command.parseAsync(args, { from: "user" });
    return printed;
  } finally {
    spy.mockRestore();
  }
}
