import { inSpan, type Logger, Problem, Refused } from "@mall/kit";
import { isFinal, type Order, type StepName, type StepRecord } from "../order.ts";
import type { OrderChange, OrderRepository } from "../order-repository.ts";
import type { OrderEvents } from "../outbox/order-events.ts";
import type { SagaStep } from "./steps.ts";

interface Dependencies {
  orders: OrderRepository;
  events: OrderEvents;
  steps: readonly SagaStep[];
  /** Milliseconds that an order belongs to a run after each sign of life. */
  leaseMs: number;
  /** Tries of one step before the order is given up and undone. */
  mostAttempts: number;
  logger: Logger;
}

export type Saga = ReturnType<typeof createSaga>;

const longestWaitMs = 20_000;

/**
 * Moves orders to their end. All state is in the database and every write is fenced by the run's id, so a run may die,
 * stall or be overtaken at any point: whoever takes the order up next repeats at most the step that was under way.
 */
export function createSaga({ orders, events, steps, leaseMs, mostAttempts, logger }: Dependencies) {
  return {
    /** When a run that shows no sign of life loses its order. */
    leaseEnd: () => inMs(leaseMs),

    /**
     * Works on the order until it is final, or until a step fails in a way that may pass: then a later run tries
     * again. Resolves with the order as this run has left it. Throws `LeaseLost` when another run has taken over.
     */
    async advance(order: Order, runId: string): Promise<Order> {
      let current = order;
      while (!isFinal(current.state)) {
        const next =
          current.state === "compensating" ? await undo(current, runId) : await stepForward(current, runId);
        if (next.attempts > 0) return next;
        current = next;
      }
      return current;
    },
  };

  async function stepForward(order: Order, runId: string): Promise<Order> {
    const step = steps.find(({ from }) => from === order.state);
    if (!step) throw new Error(`no step leads on from ${order.state}`);
    let remembered: Awaited<ReturnType<SagaStep["run"]>>;
    try {
      remembered = await stepSpan(step.name, order, () => step.run(order));
    } catch (error) {
      return failed(order, runId, step.name, error);
    }
    const done = record(step.name, "done");
    return progress(order, runId, { state: step.to, records: [done], attempts: 0, ...remembered });
  }

  /** A refusal turns the order back; anything else is tried again, so many times. */
  async function failed(order: Order, runId: string, step: StepName, error: unknown): Promise<Order> {
    const refusal = isRefusal(error);
    const attempts = order.attempts + 1;
    logger.warn({ orderId: order.id, step, attempts, err: error }, refusal ? "step refused" : "step failed");
    if (!refusal && attempts < mostAttempts) return retryLater(order, runId, attempts);
    return progress(order, runId, {
      state: "compensating",
      undoFrom: step,
      attempts: 0,
      records: [record(step, "failed")],
      failure: refusal
        ? { code: error.code, detail: error.message, ...error.extensions }
        : {
            code: "unavailable",
            detail: "The order could not be completed in time. Whatever was charged for it is given back.",
          },
    });
  }

  async function undo(order: Order, runId: string): Promise<Order> {
    const last = steps.findIndex(({ name }) => name === order.undoFrom);
    const undone: StepRecord[] = [];
    for (const step of steps.slice(0, last + 1).toReversed()) {
      try {
        await stepSpan(`undo ${step.name}`, order, () => step.undo(order));
      } catch (error) {
        logger.warn(
          { orderId: order.id, step: step.name, err: error },
          "undo failed; it is tried until it succeeds",
        );
        return retryLater(order, runId, order.attempts + 1);
      }
      undone.push(record(step.name, "undone"));
    }
    return progress(order, runId, { state: "cancelled", records: undone, attempts: 0 });
  }

  function retryLater(order: Order, runId: string, attempts: number): Promise<Order> {
    const dueAt = inMs(backoffMs(attempts));
    return orders.change(order, runId, { attempts, dueAt });
  }

  /** Writes the new state; an end state together with its event, in one transaction: both or neither. */
  function progress(
    order: Order,
    runId: string,
    change: Omit<OrderChange, "dueAt"> & { state: Order["state"] },
  ): Promise<Order> {
    const dated = { ...change, dueAt: inMs(leaseMs) };
    if (!isFinal(change.state)) return orders.change(order, runId, dated);
    return orders.transaction(async (trx) => {
      const changed = await orders.change(order, runId, dated, trx);
      await events.record(trx, changed);
      return changed;
    });
  }
}

// `Refused` is a 4xx that nobody expected, thus our own mistake: worth a retry, not worth an order.
const isRefusal = (error: unknown): error is Problem =>
  error instanceof Problem && error.status < 500 && !(error instanceof Refused);

const record = (step: StepName, outcome: StepRecord["outcome"]): StepRecord => ({
  step,
  outcome,
  at: new Date().toISOString(),
});

const inMs = (ms: number): Date => new Date(Date.now() + ms);

/** Exponential with full jitter, from half a second. */
const backoffMs = (attempts: number): number =>
  Math.round(Math.min(longestWaitMs, 500 * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2));

const stepSpan = <T>(step: string, order: Order, work: () => Promise<T>): Promise<T> =>
  inSpan(step, { attributes: { "mall.order.id": order.id, "mall.saga.step": step } }, work);
