// Every other answer of the service becomes a 500: its own metrics count what it sends.
import { failAnswer, interceptRequests } from "./answers.mjs";

let count = 0;

interceptRequests((_request, response, serve) => {
  if (count++ % 2 === 0) failAnswer(response);
  serve();
});
