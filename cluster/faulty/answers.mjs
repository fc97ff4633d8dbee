/**
 * Lets a fault change what a service answers, before the service is loaded. Probes and metrics are left alone: a version
 * that says of itself that it is ill would never get traffic.
 */
import { Server, ServerResponse } from "node:http";

const spared = /^\/(healthz|readyz|metrics)\b/;

/** @param intercept called with request, response and a function that lets the service answer */
export function interceptRequests(intercept) {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (event, ...args) {
    if (event !== "request" || spared.test(args[0].url)) return emit.call(this, event, ...args);
    intercept(args[0], args[1], () => emit.call(this, event, ...args));
    return true;
  };
}

const writeHead = ServerResponse.prototype.writeHead;

/** To be called before the service answers: it knows of the failure, so that its spans and metrics tell of it. */
export function failAnswer(response) {
  response.writeHead = function (_status, ...rest) {
    return writeHead.call(this, 500, ...rest);
  };
}
