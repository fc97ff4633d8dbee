import { z } from "zod";

// Control characters, Unicode's line and paragraph separators, and the bidirectional overrides and isolates
// (UAX #9), which can make a line read as something else. Joiners stay: names and emoji need them.
const breaking = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]+/gu;

/** Text of a stranger as it may stand within a line of a mail: it cannot start a line or a header of its own. */
export const toOneLine = (text: string): string => text.replaceAll(breaking, " ").trim();

export const oneLine = z
  .string()
  .max(1_000)
  .transform(toOneLine)
  .pipe(z.string().min(1, { error: "must have visible characters" }));
