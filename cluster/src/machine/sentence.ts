/** What an error says, and what it says of its cause: of a wait the cause is the last answer. */
export function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} ${sentence(error.cause)}` : error.message;
}
