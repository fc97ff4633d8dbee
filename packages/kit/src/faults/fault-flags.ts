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
  description: string;
  /** Where to look once it is on. */
  lookAt: string;
}

const kinds: Readonly<Record<keyof Faults, FaultKind>> = {
  latency: {
    variants: { off: 0, slow: 300, "very-slow": 3000 },
    description: "Every answer takes longer.",
    lookAt: "The critical path of a slow trace: who waits for whom, and which caller gives up first.",
  },
  "error-ratio": {
    variants: { off: 0, half: 0.5, all: 1 },
    description: "A share of the answers is a 500.",
    lookAt:
      "The edges that lead here, the retries in a trace, and the callers' circuit when everything fails.",
  },
  crash: {
    variants: { off: false, on: true },
    description: "The process dies at its next request, and again after each restart.",
    lookAt: "Connections refused at its callers, and orders that are taken up again once it is off.",
  },
  "slow-query": {
    variants: { off: 0, slow: 250, "very-slow": 2000 },
    description: "Every use of the database is slow.",
    lookAt: "The database spans inside the service: the time is spent there and not in the code.",
  },
  "drop-event": {
    variants: { off: false, on: true },
    description: "Events are refused and wait in the sender's outbox.",
    lookAt:
      "Orders are confirmed but their mails and statistics lag; switched off, they catch up and nothing is lost.",
  },
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
      .map(([kind, { variants, description, lookAt }]) => [
        `${target.name}.${kind}`,
        { state: "ENABLED", variants, defaultVariant: "off", metadata: { description, lookAt } },
      ]),
  );
  return { $schema: "https://flagd.dev/schema/v0/flags.json", flags: Object.fromEntries(flags) };
}

const applies = (kind: string, target: FaultTarget): boolean =>
  (kind !== "slow-query" || target.database) && (kind !== "drop-event" || target.consumesEvents);
