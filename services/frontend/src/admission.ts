import type { Admission, Urgency } from "@mall/kit";

const parts = /^\/(assets|images)\//;
const entrances = /^\/($|categories\/|search$)/;
const tills = /^\/(cart|checkout|orders)(\/|$)/;

/** Milliseconds. A moment without room is waited out; in a crowd, who has just come is told soon: nothing is lost yet. */
const waitMs: Readonly<Record<Urgency, number>> = { low: 300, normal: 1_000, high: 2_000 };
const waitInCrowdMs: Readonly<Record<Urgency, number>> = { low: 50, normal: 150, high: 2_000 };

/**
 * In a crowd, who has just come waits outside, so that those who are inside get to the till: a journey of eight pages
 * of which any may be refused would hardly ever come to an order. Nor is half a page worth anything.
 * @param patienceMs how long anybody may wait, instead
 * @param leastAtOnce how many are never too many, however slow all is
 */
export const admissionOf = (patienceMs?: number, leastAtOnce?: number): Admission => ({
  leastAtOnce,
  urgencyOf({ method, path }) {
    if (method !== "GET" || tills.test(path) || parts.test(path)) return "high";
    return entrances.test(path) ? "low" : "normal";
  },
  longestWaitMs: (urgency, isCrowd) => patienceMs ?? (isCrowd ? waitInCrowdMs : waitMs)[urgency],
});
