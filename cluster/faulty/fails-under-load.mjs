// Well for whoever looks at it, and for its first requests: then it has lost all its connections, one by one.
import { interceptRequests } from "./answers.mjs";

let connections = 25;

interceptRequests((_request, response, serve) => {
  if (connections-- > 0) {
    serve();
    return;
  }
  response.writeHead(500, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ type: "about:blank", title: "No connection is left", status: 500 }));
});
