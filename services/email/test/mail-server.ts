import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerError } from "smtp-server";

export interface ReceivedMail {
  /** Every header as it was sent, unfolded, in order. */
  headers: [name: string, value: string][];
  subject: string;
  text: string;
  recipients: string[];
  header(name: string): string | undefined;
}

interface MailServerOptions {
  port?: number;
  /** The reply to `RCPT TO`, when it is not to be 250. */
  refuse?: (address: string) => { code: number; message: string } | undefined;
  /** Runs when a mail has been read and before the server says that it took it. */
  beforeAccepting?: () => void;
}

export interface MailServer {
  url: string;
  port: number;
  received: ReceivedMail[];
  stop(): Promise<void>;
}

/** A real SMTP server on a free port that keeps what it is given. */
export async function startMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const refusal = options.refuse?.(address);
      if (!refusal) return done();
      done(
        Object.assign<Error, Partial<SMTPServerError>>(new Error(refusal.message), {
          responseCode: refusal.code,
        }),
      );
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        received.push(readMail(Buffer.concat(chunks).toString("utf8"), recipients));
        options.beforeAccepting?.();
        done();
      });
    },
  });
  // A client that is killed resets its connection.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    port,
    received,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Reads a message of one text part (RFC 5322, 2045 and 2047), as far as this service makes use of them. */
function readMail(raw: string, recipients: string[]): ReceivedMail {
  const end = raw.indexOf("\r\n\r\n");
  const unfolded = raw.slice(0, end).replaceAll(/\r\n[ \t]+/g, " ");
  const headers = unfolded.split("\r\n").map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const header = (name: string) => headers.find(([each]) => each.toLowerCase() === name.toLowerCase())?.[1];
  const encoding = header("content-transfer-encoding") ?? "7bit";
  return {
    headers,
    subject: decodeWords(header("subject") ?? ""),
    text: decodeBody(raw.slice(end + 4), encoding).replaceAll("\r\n", "\n"),
    recipients,
    header,
  };
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding === "quoted-printable") return decodeQuoted(body.replaceAll("=\r\n", ""));
  return body;
}

const decodeQuoted = (text: string): string =>
  Buffer.from(
    text.replaceAll(/=([\dA-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");

const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_match, kind: string, word: string) =>
      kind.toUpperCase() === "B"
        ? Buffer.from(word, "base64").toString("utf8")
        : decodeQuoted(word.replaceAll("_", " ")),
    );
