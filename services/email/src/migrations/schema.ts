import type { ColumnType, Generated } from "kysely";
import type { Locale, MailState, Template } from "../mail.ts";

export interface EmailTable {
  event_id: string;
  position: Generated<number>;
  order_id: string;
  template: Template;
  locale: Locale;
  recipient: string;
  subject: string;
  body: string;
  state: MailState;
  /** Sendings begun, whatever became of them. */
  attempts: Generated<number>;
  /** When a queued mail is due; while it is being sent, when the claim on it ends. */
  next_attempt_at: ColumnType<Date, never, Date>;
  traceparent: string | null;
  created_at: Generated<Date>;
}

export interface EmailSchema {
  emails: EmailTable;
}
