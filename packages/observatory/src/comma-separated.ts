/** The entries of a list such as `one, two`: without blanks around them, and without empty ones. */
export const entriesOf = (text: string): string[] =>
  text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
