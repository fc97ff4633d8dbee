export const locales = ["ko", "en", "es"] as const;
export type Locale = (typeof locales)[number];

export const templates = ["order-confirmed", "order-cancelled"] as const;
export type Template = (typeof templates)[number];

/**
 * `logged` where there is no mail server; else `queued -> sent`, or `queued -> failed` when the server refuses the
 * mail for good or none has taken it for days.
 */
export const mailStates = ["logged", "queued", "sent", "failed"] as const;
export type MailState = (typeof mailStates)[number];

/** One mail per event: the event's id is the mail's id. */
export interface Mail {
  eventId: string;
  orderId: string;
  template: Template;
  locale: Locale;
  to: string;
  subject: string;
  text: string;
}

export interface LoggedMail extends Mail {
  state: MailState;
  createdAt: Date;
  /** Grows with every mail: where a page of the log ends. */
  position: number;
}

export interface QueuedMail extends Mail {
  createdAt: Date;
  /** How often it has been tried, this time included. */
  attempts: number;
  /** Of the event, so that the sending can be linked to the order. */
  traceparent: string | null;
}
