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
  /** Turns somebody away who has waited for too long. */
  giveUp(waiting: Waiting): void;
  /** Whether people are turned away, and not just one now and then. */
  isCrowd(): boolean;
  /** Takes the next one out of the line, and lets it in; false when nobody waits, or there is no room for the next. */
  letIn(hasRoom: (urgency: Urgency) => boolean): boolean;
}

const byUrgency = ["high", "normal", "low"] as const satisfies readonly Urgency[];
/** After so many were turned away within so many milliseconds, or the line was full, there is a crowd for as long. */
const [manyTurnedAway, crowdedMs] = [3, 1_000];

/**
 * A line in which the most urgent go first: whoever came first, as long as there is room for all. In a crowd it is
 * whoever came last: nearly everybody would wait for a long time and in vain otherwise, and nobody be served well
 * ("adaptive LIFO", Maurer, "Fail at Scale", ACM Queue 13:8).
 */
export function createWaitingLine(most: number, now: () => number): WaitingLine {
  const lines: Record<Urgency, Waiting[]> = { high: [], normal: [], low: [] };
  let turnedAwayAt: number[] = [];
  let crowdedUntil = -Infinity;

  function leave(waiting: Waiting): void {
    const line = lines[waiting.urgency];
    const place = line.indexOf(waiting);
    if (place !== -1) line.splice(place, 1);
  }

  return {
    join(waiting) {
      lines[waiting.urgency].push(waiting);
      const length = byUrgency.reduce((sum, urgency) => sum + lines[urgency].length, 0);
      if (length <= most) return;
      crowdedUntil = now() + crowdedMs;
      const last = byUrgency.findLast((urgency) => lines[urgency].length > 0) ?? waiting.urgency;
      lines[last].shift()?.turnAway();
    },
    leave,
    giveUp(waiting) {
      leave(waiting);
      const at = now();
      turnedAwayAt = [...turnedAwayAt.filter((each) => each > at - crowdedMs), at];
      if (turnedAwayAt.length >= manyTurnedAway) crowdedUntil = at + crowdedMs;
      waiting.turnAway();
    },
    isCrowd: () => now() < crowdedUntil,
    letIn(hasRoom) {
      const first = byUrgency.find((urgency) => lines[urgency].length > 0);
      if (!first || !hasRoom(first)) return false;
      const next = now() < crowdedUntil ? lines[first].pop() : lines[first].shift();
      next?.enter();
      return true;
    },
  };
}
