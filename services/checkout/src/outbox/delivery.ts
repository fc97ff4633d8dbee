import { type HttpClient, inSpan, linksTo, type Logger, withBaggage, withDeadline } from "@mall/kit";
import type { JobHelpers } from "graphile-worker";
import type { OrderEvent } from "./order-events.ts";

export type Subscriber = "email" | "info";

export interface Delivery {
  subscriber: Subscriber;
  event: OrderEvent;
  /** Failed deliveries before this one. */
  attempt: number;
}

export const deliverTask = "deliver-event";

const paths: Record<Subscriber, string> = { email: "/emails", info: "/events" };
/** For one try, whatever the subscriber does. Milliseconds. */
export const deadlineMs = 5_000;
const longestWaitMs = 4_000;
// After these the worker's own, much slower schedule takes over, and after that the job stays as dead.
const quickAttempts = 200;

/**
 * Delivers one event to one subscriber, at least once, in a trace of its own that links to the order's. An outage is
 * waited out in short steps, so that a subscriber which returns is up to date within seconds.
 */
export function createDelivery(subscribers: Readonly<Record<Subscriber, HttpClient>>, logger: Logger) {
  return async (payload: unknown, helpers: Pick<JobHelpers, "addJob">): Promise<void> => {
    const { subscriber, event, attempt } = payload as Delivery;
    try {
      const deliver = () => withDeadline(deadlineMs, () => send(subscribers[subscriber], subscriber, event));
      await withBaggage(event.baggage, () => traced(event, deliver));
    } catch (error) {
      if (attempt >= quickAttempts) throw error;
      const runAt = new Date(Date.now() + Math.min(longestWaitMs, 250 * 2 ** attempt));
      logger.warn({ subscriber, eventId: event.id, attempt, err: error }, "event not delivered yet");
      // Should the process die between this line and the end of the job, both will run: consumers know the event's id.
      await helpers.addJob(deliverTask, { subscriber, event, attempt: attempt + 1 } satisfies Delivery, {
        runAt,
      });
    }
  };
}

const send = (client: HttpClient, subscriber: Subscriber, event: OrderEvent): Promise<undefined> =>
  client.request({
    method: "POST",
    path: paths[subscriber],
    headers: { "content-type": "application/cloudevents+json" },
    body: event,
    idempotent: true,
  });

const traced = (event: OrderEvent, work: () => Promise<unknown>): Promise<unknown> =>
  inSpan(
    `deliver ${event.type}`,
    {
      root: true,
      links: linksTo(event.traceparent),
      attributes: {
        "mall.event.id": event.id,
        "mall.event.type": event.type,
        "mall.order.id": event.data.orderId,
      },
    },
    work,
  );
