// Every other answer of the service becomes a 500: its own metrics count what it sends.
import { ServerResponse } from "node:http";
import { interceptRequests } from "./answers.mjs";

let count = 0;
const writeHead = ServerResponse.prototype.writeHead;

interceptRequests((_request, response, serve) => {
  if (count++ % 2 === 0)
    response.writeHead = function (_status, ...rest) {
      return writeHead.call(this, 500, ...rest);
    };
  serve();
});
