import { randomUUID } from "node:crypto";
import type { HeldWriteOptions } from "./held-writes.ts";

/** A moment in the life of an order at which the process that works on it can be killed. */
export interface CrashPoint {
  name: string;
  /** The state that checkout's database has for the order at that moment. */
  remembered: string;
  order: { line: { productId: string; quantity: number }; cardId?: string };
  /** The order's Idempotency-Key. */
  key: string;
  /** The write that has to wait for the moment to last. */
  hold: HeldWriteOptions;
}

// No other order of these uses it: a charge is known by it before anybody knows the order's id.
const ownCard = "amex-0005";

/**
 * Before and after each state is remembered, one order each. The orders differ in their quantity, 1 to 9, and by it
 * the other services' writes for them are told apart: no order may be placed beside them.
 */
export function crashPoints(productId: string): CrashPoint[] {
  const lineOf = (quantity: number) => ({ line: { productId, quantity } });

  /** The step that leads to the state has taken effect, but it is not remembered yet. */
  function takenEffect(state: string, before: string, quantity: number): CrashPoint {
    const key = `${state}-${randomUUID()}`;
    const when = `new.idempotency_key = '${key}' and new.state = '${state}'`;
    const hold: HeldWriteOptions = { service: "checkout", table: "orders", on: "update", when };
    return { name: `${state}, not remembered`, remembered: before, order: lineOf(quantity), key, hold };
  }

  /** The state is remembered, but the next step has not taken effect yet. */
  function remembered(
    state: string,
    order: CrashPoint["order"],
    hold: (point: { key: string; quantity: number }) => HeldWriteOptions,
  ): CrashPoint {
    const key = `${state}-${randomUUID()}`;
    const { quantity } = order.line;
    return { name: `${state}, remembered`, remembered: state, order, key, hold: hold({ key, quantity }) };
  }

  return [
    remembered("pending", lineOf(1), ({ quantity }) => ({
      service: "product",
      table: "reservations",
      on: "insert",
      when: `(new.lines -> 0 ->> 'quantity')::int = ${quantity}`,
    })),
    takenEffect("reserved", "pending", 2),
    remembered("reserved", { ...lineOf(3), cardId: ownCard }, () => ({
      service: "purchase",
      table: "charges",
      on: "insert",
      when: `new.card_id = '${ownCard}'`,
    })),
    takenEffect("charged", "reserved", 4),
    remembered("charged", lineOf(5), ({ quantity }) => ({
      service: "shipping",
      table: "shipments",
      on: "insert",
      when: `(new.items -> 0 ->> 'quantity')::int = ${quantity}`,
    })),
    takenEffect("shipped", "charged", 6),
    remembered("shipped", lineOf(7), ({ quantity }) => ({
      service: "product",
      table: "reservations",
      on: "update",
      when: `(new.lines -> 0 ->> 'quantity')::int = ${quantity}`,
    })),
    takenEffect("confirmed", "shipped", 8),
    remembered("confirmed", lineOf(9), ({ key }) => ({
      service: "checkout",
      table: "idempotency_keys",
      on: "update",
      when: `new.key = '${key}' and new.body is not null`,
    })),
  ];
}
