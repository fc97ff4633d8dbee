import { annotate, DeadlineExceeded, remainingMs } from "@mall/kit";
import type { Acquirer } from "./acquirer/acquirer.ts";

/** Kept back of the caller's deadline, so that the answer still reaches it. Milliseconds. */
const timeToAnswerMs = 50;

/**
 * The acquirer as seen from here: it may stay silent, so it is waited for at most `timeoutMs`, and never longer than
 * the current request has left. Throws `DeadlineExceeded` then: what was asked may or may not have happened.
 */
export const createAcquirerClient = (acquirer: Acquirer, timeoutMs: number): Acquirer => ({
  async capture(capture) {
    const outcome = await answerOf(() => acquirer.capture(capture), timeoutMs);
    annotate({ "mall.charge.outcome": outcome });
    return outcome;
  },

  async reverse(reference) {
    const outcome = await answerOf(() => acquirer.reverse(reference), timeoutMs);
    annotate({ "mall.charge.outcome": outcome });
    return outcome;
  },
});

async function answerOf<T>(ask: () => Promise<T>, timeoutMs: number): Promise<T> {
  const patienceMs = Math.min(timeoutMs, remainingMs() - timeToAnswerMs);
  if (patienceMs <= 0) throw new DeadlineExceeded("No time was left to ask the acquirer. Ask again.");
  let timer: NodeJS.Timeout | undefined;
  const expiry = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      annotate({ "mall.charge.outcome": "no-answer" });
      reject(
        new DeadlineExceeded(
          "The acquirer did not answer in time, so it is not known yet what it did. Ask the same again to find out: nothing is charged or refunded twice.",
        ),
      );
    }, patienceMs);
  });
  try {
    return await Promise.race([ask(), expiry]);
  } finally {
    clearTimeout(timer);
  }
}
