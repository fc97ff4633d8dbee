// Five times slower: each answer is held back for four times what it took, and at least for 200 ms.
import { interceptRequests } from "./answers.mjs";

interceptRequests((_request, response, serve) => {
  const began = performance.now();
  const end = response.end;
  response.end = function (...args) {
    setTimeout(() => end.apply(this, args), Math.max(200, 4 * (performance.now() - began)));
    return this;
  };
  serve();
});
