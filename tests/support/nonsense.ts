/** What a stranger may put into an address; sent as it is. */
export const nonsense = [
  "%00",
  "%F0%28",
  "%",
  "x".repeat(5_000),
  "../..",
  "%2e%2e%2f%2e%2e",
  "';%20drop%20table%20orders;--",
  "%F0%9F%9B%92",
  "__proto__",
  // Cursors, as far as their form goes.
  ...[
    "9007199254740991",
    "-1",
    '{"createdAt":"0000-01-01T00:00:00Z","id":"00000000-0000-0000-0000-000000000000"}',
  ].map((position) => Buffer.from(position).toString("base64url")),
];

/** What may stand in a body in place of anything. Among it is what JSON can say and PostgreSQL can't store. */
export const wrongValues: readonly unknown[] = [
  "\u0000",
  "\ud800",
  "",
  "x".repeat(5_000),
  -1,
  1.5,
  1e300,
  null,
  [],
  {},
  true,
];

/** The value once for each of its leaves and each replacement, with that leaf replaced. */
export function variationsOf(value: unknown, replacements: readonly unknown[]): unknown[] {
  if (Array.isArray(value))
    return value.flatMap((each: unknown, at) =>
      variationsOf(each, replacements).map((varied) => value.with(at, varied) as unknown),
    );
  if (typeof value === "object" && value !== null)
    return Object.entries(value).flatMap(([key, each]) =>
      variationsOf(each, replacements).map((varied) => ({ ...value, [key]: varied })),
    );
  return [...replacements];
}
