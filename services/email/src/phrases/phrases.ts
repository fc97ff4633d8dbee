/** Everything that a mail says of its own, in one language. */
export interface Phrases {
  greeting(name: string): string;
  order(id: string): string;
  confirmed: {
    subject(shortId: string): string;
    opening: string;
    tracking(code: string): string;
  };
  cancelled: {
    subject(shortId: string): string;
    opening: string;
    /** Why, by the code of the order's failure. */
    reasons: Readonly<Record<string, string>>;
    /** For a code that says nothing to a buyer. */
    otherReason: string;
    noCharge: string;
  };
  subtotal: string;
  shipping: string;
  total: string;
  closing: string;
}
