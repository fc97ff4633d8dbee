import { createTransport } from "nodemailer";
import type { Mail } from "./mail.ts";

/** Hands a mail to the mail server. Rejects with `DeliveryFailure`. */
export type Deliver = (mail: Mail & { createdAt: Date }, signal: AbortSignal) => Promise<void>;

/**
 * Why a mail was not taken. Made of codes alone and without a cause: what a mail server answers and what nodemailer
 * makes of it quote the recipient's address, which must not reach a log or a span.
 */
export class DeliveryFailure extends Error {
  /** The SMTP reply code, or nodemailer's code when there was no reply. */
  readonly code: string;
  /** The server will not take this mail, however often it is asked. */
  readonly permanent: boolean;

  constructor(code: string, permanent: boolean) {
    super(`the mail server did not take the mail (${code})`);
    this.name = "DeliveryFailure";
    this.code = code;
    this.permanent = permanent;
  }
}

interface SmtpOptions {
  url: string;
  from: string;
}

export function createSmtpDelivery({ url, from }: SmtpOptions): Deliver {
  const transport = createTransport({
    url,
    connectionTimeout: 3_000,
    greetingTimeout: 5_000,
    socketTimeout: 10_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.slice(from.lastIndexOf("@") + 1);

  return async ({ eventId, locale, to, subject, text, createdAt }, signal) => {
    try {
      await transport.sendMail({
        from,
        // An object is taken as one address; a string would be parsed as a list of them.
        to: { name: "", address: to },
        subject,
        text,
        date: createdAt,
        // SMTP cannot send exactly once: a process that dies after the server took the mail and before this was
        // written down sends it again. The id made of the event's lets the receiving side tell that it is the same.
        messageId: `<${eventId}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", "Content-Language": locale },
        signal,
      });
    } catch (error) {
      throw toDeliveryFailure(error);
    }
  };
}

function toDeliveryFailure(error: unknown): DeliveryFailure {
  const { code, responseCode, command } = error as {
    code?: string;
    responseCode?: number;
    command?: string;
  };
  // A 5yz reply to another command (AUTH, MAIL FROM) is about us, and somebody will mend it.
  const permanent = (responseCode ?? 0) >= 500 && (command === "RCPT TO" || command === "DATA");
  return new DeliveryFailure(String(responseCode ?? code ?? "unknown"), permanent);
}
