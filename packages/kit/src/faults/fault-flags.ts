/** What can be broken on purpose. The flag `<service>.<fault>` of the flagd file switches it. */
export interface Faults {
  /** Milliseconds added to every request. */
  latency: number;
  /** Share of requests answered with 500, from 0 to 1. */
  "error-ratio": number;
  /** End the process, as a crash would, at the next request. */
  crash: boolean;
  /** Milliseconds added to every use of the database. */
  "slow-query": number;
  /** Refuse to take events, so that they wait in the sender's outbox. */
  "drop-event": boolean;
}

export const noFaults: Faults = {
  latency: 0,
  "error-ratio": 0,
  crash: false,
  "slow-query": 0,
  "drop-event": false,
};

interface FaultKind {
  variants: Readonly<Record<string, number | boolean>>;
  /** What it does, for the person who is about to switch it. */
  brief: string;
}

const kinds: Readonly<Record<keyof Faults, FaultKind>> = {
  latency: { variants: { off: 0, slow: 300, "very-slow": 3000 }, brief: "Every answer takes longer" },
  "error-ratio": { variants: { off: 0, half: 0.5, all: 1 }, brief: "A share of the answers is a 500" },
  crash: { variants: { off: false, on: true }, brief: "The process dies at its next request" },
  "slow-query": {
    variants: { off: 0, slow: 250, "very-slow": 2000 },
    brief: "Every use of the database is slow",
  },
  "drop-event": { variants: { off: false, on: true }, brief: "Events are refused and wait in the outbox" },
};

/** What a service can suffer from, by what it has. */
export interface FaultTarget {
  name: string;
  database: boolean;
  consumesEvents: boolean;
}

/** A flagd flag file with every fault of every target, all off. */
export function faultFile(targets: readonly FaultTarget[]) {
  const flags = targets.flatMap((target) =>
    Object.entries(kinds)
      .filter(([kind]) => applies(kind, target))
      .map(([kind, { variants, brief }]) => [
        `${target.name}.${kind}`,
        { state: "ENABLED", variants, defaultVariant: "off", metadata: { brief } },
      ]),
  );
  return { $schema: "https://flagd.dev/schema/v0/flags.json", flags: Object.fromEntries(flags) };
}

const applies = (kind: string, target: FaultTarget): boolean =>
  (kind !== "slow-query" || target.database) && (kind !== "drop-event" || target.consumesEvents);
