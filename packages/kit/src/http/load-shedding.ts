import { AsyncResource } from "node:async_hooks";
import { performance } from "node:perf_hooks";
import type { Request, RequestHandler } from "express";
import { Overloaded } from "../errors.ts";
import { type AdaptiveLimit, createAdaptiveLimit } from "./adaptive-limit.ts";
import { createWaitingLine, type Urgency, type Waiting } from "./waiting-line.ts";

/** What a request counts as; for a service that strangers call, and that knows who has just come and who is paying. */
export type UrgencyOf = (request: Request) => Urgency;

/** What even a laptop's single processor works on at once without making all wait. */
const leastLimit = 4;
const mostWaiting = 64;
const longestWaitMs = 2_000;

/** Tells requests to come back that would make all others wait. Never more than `most` are worked on at once. */
export function limitInFlight(most: number, urgencyOf?: UrgencyOf): RequestHandler {
  if (!urgencyOf) return fixedLimit(most);
  const [utilization, now] = [createUtilization(), () => performance.now()];
  return admitInTurn(createAdaptiveLimit({ least: leastLimit, most, utilization, now }), urgencyOf);
}

/** Inside the mall: a caller has done work already, so it is refused only to keep the service from falling over. */
function fixedLimit(most: number): RequestHandler {
  let inFlight = 0;
  return (_request, response, next) => {
    if (inFlight >= most) throw new Overloaded();
    inFlight++;
    response.once("close", () => inFlight--);
    next();
  };
}

/**
 * At the edge: what cannot be worked on at once waits, and has cost next to nothing when there turns out to be no room
 * for it.
 */
export function admitInTurn(limit: AdaptiveLimit, urgencyOf: UrgencyOf): RequestHandler {
  const line = createWaitingLine(mostWaiting, () => performance.now());
  let inFlight = 0;

  const hasRoom = (): boolean => inFlight < Math.floor(limit.current);

  function admit(...[request, response, next]: Parameters<RequestHandler>): void {
    const start = performance.now();
    const underWay = ++inFlight;
    response.once("close", () => {
      inFlight--;
      const route: unknown = response.locals["route"];
      if (typeof route === "string" && response.writableFinished && response.statusCode < 500)
        limit.observe(`${request.method} ${route}`, performance.now() - start, underWay);
      while (hasRoom() && line.letIn());
    });
    next();
  }

  return (request, response, next) => {
    if (hasRoom()) return admit(request, response, next);

    const ended = (then: () => void) =>
      AsyncResource.bind(() => {
        clearTimeout(timer);
        response.off("close", gone);
        then();
      });
    const waiting: Waiting = {
      urgency: urgencyOf(request),
      // Called while another request ends, and to go on as this one.
      enter: ended(() => admit(request, response, next)),
      turnAway: ended(() => next(new Overloaded())),
    };
    function gone(): void {
      clearTimeout(timer);
      line.leave(waiting);
    }
    const timer = setTimeout(() => {
      line.leave(waiting);
      waiting.turnAway();
    }, longestWaitMs);
    response.once("close", gone);
    line.join(waiting);
  };
}

function createUtilization(): () => number {
  let last = performance.eventLoopUtilization();
  return () => {
    const current = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(current, last);
    last = current;
    return utilization;
  };
}
