// Well for whoever looks at it, and for its first requests: then it has lost all its connections, one by one.
import { failAnswer, interceptRequests } from "./answers.mjs";

let connections = 25;

interceptRequests((_request, response, serve) => {
  if (connections-- <= 0) failAnswer(response);
  serve();
});
