/**
 * Bounds retries to a share of the calls, so that a struggling dependency is not pushed over by them
 * (Finagle's RetryBudget; Google SRE Book, "Handling Overload").
 */
export interface RetryBudget {
  /** Each call earns a part of a retry. */
  earn(): void;
  /** Takes one retry, if there is one to take. */
  spend(): boolean;
}

/** `share` of calls may be retried; `reserve` retries are there from the start, for a service with little traffic. */
export function createRetryBudget({ share = 0.2, reserve = 10 } = {}): RetryBudget {
  let tokens = reserve;
  return {
    earn() {
      tokens = Math.min(reserve, tokens + share);
    },
    spend() {
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
