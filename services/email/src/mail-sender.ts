import { setTimeout as sleep } from "node:timers/promises";
import { linksTo, type Logger, type ServiceParts } from "@mall/kit";
import { SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { nextDelayMs } from "./delivery-policy.ts";
import type { QueuedMail } from "./mail.ts";
import type { MailRepository } from "./mail-repository.ts";
import { type Deliver, DeliveryFailure } from "./smtp-delivery.ts";

interface Dependencies {
  mails: MailRepository;
  deliver: Deliver;
  logger: Logger;
}

const tracer = trace.getTracer("@mall/email");
const everyMs = 1_000;
const atOnce = 5;
const deliveryTimeoutMs = 20_000;
// Longer than any delivery can take, so that a mail is never in two hands while both are alive.
const leaseSeconds = 60;
const shutdownGraceMs = 1_000;

/** Sends queued mails in the background, as long as the service runs. Several instances share the work. */
export function startMailSender({
  mails,
  deliver,
  logger,
}: Dependencies): Required<Pick<ServiceParts, "start" | "stop">> {
  const stopping = new AbortController();
  const cutting = new AbortController();
  let running = Promise.resolve();

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sendDue();
      await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }

  async function sendDue(): Promise<void> {
    try {
      let someSent = true;
      // When nothing of a batch goes out the server is probably down: the rest waits for the next round.
      while (someSent && !stopping.signal.aborted) {
        const claimed = await mails.claim(atOnce, leaseSeconds);
        someSent = (await Promise.all(claimed.map(send))).includes("sent");
      }
    } catch (error) {
      logger.warn({ err: error }, "queued mails could not be read or marked; the next round tries again");
    }
  }

  /** One attempt, in a trace of its own that links to the order's. */
  function send(mail: QueuedMail): Promise<Outcome> {
    const options = {
      kind: SpanKind.CLIENT,
      root: true,
      links: linksTo(mail.traceparent ?? undefined),
      attributes: {
        "network.protocol.name": "smtp",
        "mall.event.id": mail.eventId,
        "mall.order.id": mail.orderId,
        "mall.locale": mail.locale,
      },
    };
    return tracer.startActiveSpan("send mail", options, async (span) => {
      try {
        const failure = await attempt(mail);
        if (!failure) {
          await mails.settle(mail.eventId, "sent");
          return "sent";
        }
        span.setAttribute("error.type", failure.code).setStatus({ code: SpanStatusCode.ERROR });
        return await reschedule(mail, failure);
      } finally {
        span.end();
      }
    });
  }

  async function attempt(mail: QueuedMail): Promise<DeliveryFailure | undefined> {
    const signal = AbortSignal.any([AbortSignal.timeout(deliveryTimeoutMs), cutting.signal]);
    try {
      await deliver(mail, signal);
      return undefined;
    } catch (error) {
      if (error instanceof DeliveryFailure) return error;
      throw error;
    }
  }

  async function reschedule(
    { eventId, orderId, attempts, createdAt }: QueuedMail,
    { code, permanent }: DeliveryFailure,
  ): Promise<Outcome> {
    const about = { eventId, orderId, code, attempts };
    const delayMs = permanent ? undefined : nextDelayMs(attempts, Date.now() - createdAt.getTime());
    if (delayMs === undefined) {
      logger.error(about, "the mail cannot be delivered; no further attempt is made");
      await mails.settle(eventId, "failed");
      return "failed";
    }
    logger.warn({ ...about, delayMs }, "the mail server did not take the mail; it is tried again");
    await mails.postpone(eventId, delayMs);
    return "postponed";
  }

  return {
    async start() {
      running = run();
    },
    /** Lets what is being sent go out; a server that dawdles is cut off, and the mail goes out after the next start. */
    async stop() {
      stopping.abort();
      const cut = setTimeout(() => cutting.abort(), shutdownGraceMs);
      await running;
      clearTimeout(cut);
    },
  };
}

type Outcome = "sent" | "postponed" | "failed";
