import { setTimeout as sleep } from "node:timers/promises";
import type { Money } from "@mall/kit";
import { findCard, limits } from "../cards.ts";
import type { AcquirerLedger } from "./acquirer-ledger.ts";

export interface Capture {
  /** Chosen by the merchant; the acquirer takes money at most once for each. */
  reference: string;
  cardId: string;
  amount: Money;
}

export type CaptureOutcome = "captured" | "card-declined" | "insufficient-funds" | "reversed";

export interface Acquirer {
  /** Takes the money, once for each reference; "reversed" when the reference was reversed before. May never answer. */
  capture(capture: Capture): Promise<CaptureOutcome>;
  /** Gives back what was or will be captured under the reference; asking again changes nothing. */
  reverse(reference: string): Promise<"refunded" | "nothing-captured">;
}

const slowAnswerMs = 1_200;

/**
 * The simulated acquirer: another company behind an unreliable line. It acts on what it was asked even when nobody
 * waits for the answer any more, and it is deterministic: a card behaves as its `behaviour` says.
 */
export function createAcquirer(ledger: AcquirerLedger): Acquirer {
  async function capture(request: Capture): Promise<CaptureOutcome> {
    // What a reference has led to is known at once, whatever the card.
    const known = await ledger.find(request.reference);
    if (known) return known;

    const behaviour = findCard(request.cardId)?.behaviour;
    if (behaviour === undefined || behaviour === "declined") return "card-declined";
    if (behaviour === "insufficient-funds" && exceedsLimit(request.amount)) return "insufficient-funds";
    if (behaviour === "slow") await sleep(slowAnswerMs, undefined, { ref: false });

    const taken = await ledger.capture(request);
    if (taken) return behaviour === "silent" ? silence() : "captured";
    // The same reference came in between, to capture or to reverse: by now the ledger knows which.
    return capture(request);
  }

  return {
    capture,
    reverse: async (reference) => ((await ledger.reverse(reference)) ? "refunded" : "nothing-captured"),
  };
}

const exceedsLimit = ({ amount, currency }: Money): boolean =>
  amount > (Object.hasOwn(limits, currency) ? (limits[currency] ?? 0) : 0);

/** An answer that never comes. It holds nothing: no connection, no lock, no timer. */
const silence = () => new Promise<never>(() => undefined);
