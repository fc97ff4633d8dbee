import { AsyncResource } from "node:async_hooks";
import { performance } from "node:perf_hooks";
import type { Request, RequestHandler } from "express";
import { Overloaded } from "../errors.ts";
import { type AdaptiveLimit, createAdaptiveLimit } from "./adaptive-limit.ts";
import { createDemand } from "./demand.ts";
import { createWaitingLine, type Urgency, type Waiting } from "./waiting-line.ts";

/** For a service that strangers call, and that knows who has just come and who is paying. */
export interface Admission {
  urgencyOf(request: Request): Urgency;
  /** Milliseconds until somebody who waits is told to come back: fewer when many are told so already. */
  longestWaitMs(urgency: Urgency, isCrowd: boolean): number;
  /** Requests that are worked on at once however slow they are. */
  leastAtOnce?: number | undefined;
}

/** What even a laptop's single processor works on at once without making all wait. */
const leastOnLaptop = 2;
/** Whoever takes this long waits for somebody else, a bank say, and keeps nobody from working. */
const atWorkMs = 400;
const mostWaiting = 64;
/** In a crowd they get less than all the room: whoever is inside finds some free, and does not wait at each page. */
const shareOfNewcomers = 0.7;

/** Tells requests to come back that would make all others wait. Never more than `most` are worked on at once. */
export function limitInFlight(most: number, admission?: Admission): RequestHandler {
  if (!admission) return fixedLimit(most);
  const [demand, now] = [createDemand(), () => performance.now()];
  const least = admission.leastAtOnce ?? leastOnLaptop;
  return admitInTurn(createAdaptiveLimit({ least, most, demand, now }), most, admission);
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
export function admitInTurn(limit: AdaptiveLimit, most: number, admission: Admission): RequestHandler {
  const line = createWaitingLine(mostWaiting, () => performance.now());
  let inFlight = 0;
  let atWork = 0;

  function hasRoom(urgency: Urgency): boolean {
    const share = urgency === "low" && line.isCrowd() ? shareOfNewcomers : 1;
    return atWork < Math.max(1, Math.floor(share * limit.current)) && inFlight < most;
  }
  const letIn = (): void => {
    while (line.letIn(hasRoom));
  };

  function admit(...[request, response, next]: Parameters<RequestHandler>): void {
    const start = performance.now();
    const underWay = ++atWork;
    inFlight++;
    let works = true;
    const rest = (): void => {
      if (works) atWork--;
      works = false;
    };
    const resting = setTimeout(() => {
      rest();
      letIn();
    }, atWorkMs);
    response.once("close", () => {
      clearTimeout(resting);
      rest();
      inFlight--;
      const route: unknown = response.locals["route"];
      if (typeof route === "string" && response.writableFinished && response.statusCode < 500)
        limit.observe(`${request.method} ${route}`, performance.now() - start, underWay, line.isCrowd());
      letIn();
    });
    next();
  }

  return (request, response, next) => {
    const urgency = admission.urgencyOf(request);
    if (hasRoom(urgency)) return admit(request, response, next);

    const ended = (then: () => void) =>
      AsyncResource.bind(() => {
        clearTimeout(timer);
        response.off("close", gone);
        then();
      });
    const waiting: Waiting = {
      urgency,
      // Called while another request ends, and to go on as this one.
      enter: ended(() => admit(request, response, next)),
      turnAway: ended(() => next(new Overloaded())),
    };
    function gone(): void {
      clearTimeout(timer);
      line.leave(waiting);
    }
    const timer = setTimeout(() => line.giveUp(waiting), admission.longestWaitMs(urgency, line.isCrowd()));
    response.once("close", gone);
    line.join(waiting);
  };
}
