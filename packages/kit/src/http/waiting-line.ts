/** Who goes first when there are too many, and who is turned away first: "low" waits longest and leaves first. */
export type Urgency = "low" | "normal" | "high";

export interface Waiting {
  urgency: Urgency;
  /** Its turn has come. */
  enter(): void;
  /** There is no room. */
  turnAway(): void;
}

export interface WaitingLine {
  /** Whoever has no room in a full line is turned away: the longest-waiting of the least urgent. */
  join(waiting: Waiting): void;
  /** Somebody who does not wait any more. */
  leave(waiting: Waiting): void;
  /** Takes the next one out of the line, and lets it in; false when nobody waits. */
  letIn(): boolean;
}

const byUrgency = ["high", "normal", "low"] as const satisfies readonly Urgency[];
/** After somebody was turned away there are too many for so long. Milliseconds. */
const crowdedMs = 1_000;

/**
 * A line in which the most urgent go first: whoever came first, as long as there is room for all. In a crowd it is
 * whoever came last: nearly everybody would wait for a long time and in vain otherwise, and nobody be served well
 * ("adaptive LIFO", Maurer, "Fail at Scale", ACM Queue 13:8).
 */
export function createWaitingLine(most: number, now: () => number): WaitingLine {
  const lines: Record<Urgency, Waiting[]> = { high: [], normal: [], low: [] };
  let crowdedUntil = -Infinity;

  return {
    join(waiting) {
      lines[waiting.urgency].push(waiting);
      const length = byUrgency.reduce((sum, urgency) => sum + lines[urgency].length, 0);
      if (length <= most) return;
      crowdedUntil = now() + crowdedMs;
      const last = byUrgency.findLast((urgency) => lines[urgency].length > 0) ?? waiting.urgency;
      lines[last].shift()?.turnAway();
    },
    leave(waiting) {
      const line = lines[waiting.urgency];
      const place = line.indexOf(waiting);
      if (place !== -1) line.splice(place, 1);
    },
    letIn() {
      const first = byUrgency.find((urgency) => lines[urgency].length > 0);
      if (!first) return false;
      const next = now() < crowdedUntil ? lines[first].pop() : lines[first].shift();
      next?.enter();
      return true;
    },
  };
}
