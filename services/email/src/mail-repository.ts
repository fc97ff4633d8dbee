import type { Database } from "@mall/kit";
import { sql } from "kysely";
import type { LoggedMail, Mail, MailState, QueuedMail } from "./mail.ts";
import type { EmailSchema } from "./migrations/schema.ts";

interface NewMail extends Mail {
  state: "logged" | "queued";
  traceparent: string | null;
}

interface ListOptions {
  orderId: string | undefined;
  /** The position before which the list goes on. */
  before: number | undefined;
  limit: number;
}

export type MailRepository = ReturnType<typeof createMailRepository>;

export function createMailRepository(database: Database<EmailSchema>) {
  return {
    /** Keeps the mail unless its event has been handled before; says whether it was kept. */
    async record({ eventId, orderId, to, text, ...mail }: NewMail): Promise<boolean> {
      // One row is both the event's id and its effect, so that neither can be stored without the other.
      const { numInsertedOrUpdatedRows } = await database
        .insertInto("emails")
        .values({ event_id: eventId, order_id: orderId, recipient: to, body: text, ...mail })
        .onConflict((conflict) => conflict.column("event_id").doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    /** The log, newest first. */
    list({ orderId, before, limit }: ListOptions): Promise<LoggedMail[]> {
      return database
        .selectFrom("emails")
        .select([...mailColumns, "state", "created_at as createdAt", "position"])
        .$if(orderId !== undefined, (query) => query.where("order_id", "=", orderId ?? ""))
        .$if(before !== undefined, (query) => query.where("position", "<", before ?? 0))
        .orderBy("position", "desc")
        .limit(limit)
        .execute();
    },

    /**
     * Takes due mails for sending. Nobody else gets them for `leaseSeconds`; after that they are due again, should
     * whoever took them have died. No transaction stays open while a mail server is being waited for.
     */
    claim(limit: number, leaseSeconds: number): Promise<QueuedMail[]> {
      return database
        .with("due", (query) =>
          query
            .selectFrom("emails")
            .select("event_id as dueId")
            .where("state", "=", "queued")
            .where("next_attempt_at", "<=", sql<Date>`now()`)
            .orderBy("next_attempt_at")
            .limit(limit)
            .forUpdate()
            .skipLocked(),
        )
        .updateTable("emails")
        .from("due")
        .set({
          attempts: sql`attempts + 1`,
          next_attempt_at: sql`now() + make_interval(secs => ${leaseSeconds})`,
        })
        .whereRef("event_id", "=", "due.dueId")
        .returning([...mailColumns, "created_at as createdAt", "attempts", "traceparent"])
        .execute();
    },

    /** Ends a mail's time in the queue. */
    async settle(eventId: string, state: Extract<MailState, "sent" | "failed">): Promise<void> {
      await whileQueued(eventId).set({ state }).execute();
    },

    /** Makes a mail due again in `delayMs`. */
    async postpone(eventId: string, delayMs: number): Promise<void> {
      await whileQueued(eventId)
        .set({ next_attempt_at: sql`now() + make_interval(secs => ${delayMs / 1000})` })
        .execute();
    },
  };

  function whileQueued(eventId: string) {
    return database.updateTable("emails").where("event_id", "=", eventId).where("state", "=", "queued");
  }
}

const mailColumns = [
  "event_id as eventId",
  "order_id as orderId",
  "template",
  "locale",
  "recipient as to",
  "subject",
  "body as text",
] as const;
