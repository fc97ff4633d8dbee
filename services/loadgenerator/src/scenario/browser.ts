/** The steps of a shopper's journeys; results are reported by these names. */
export const stepNames = [
  "home",
  "category",
  "search",
  "product",
  "ad",
  "add to cart",
  "cart",
  "buy now",
  "checkout",
  "quote",
  "place order",
  "confirmation",
] as const;
export type StepName = (typeof stepNames)[number];

export interface Page {
  status: number;
  body: string;
  /** Where a redirect leads, as a path; empty when it is none. */
  location: string;
}

export interface PageRequest {
  step: StepName;
  method: "GET" | "POST";
  /** With its query. */
  path: string;
  form?: Readonly<Record<string, string>>;
  language: string;
}

/**
 * What the scenario needs of whoever runs it: one request at a time, with a shopper's own cookies. Redirects are not
 * followed: each step says what it expects next.
 */
export interface Browser {
  request(request: PageRequest): Promise<Page>;
}

/** The shop said no for a good reason, such as that the last one is sold. It ends the visit, but nothing is wrong. */
export class TurnedAway extends Error {
  override name = "TurnedAway";
}

/** A page was not what the shopper should have seen. */
export class UnexpectedPage extends Error {
  readonly step: StepName;

  constructor(step: StepName, detail: string) {
    super(`${step}: ${detail}`);
    this.name = "UnexpectedPage";
    this.step = step;
  }
}
