// Status 200 and the right form, but of everything there is a thousand times as much: nobody can pay or deliver that.
import { interceptRequests } from "./answers.mjs";

const wrong = (text) =>
  text.replaceAll(/"quantity":(\d+)/g, (_, quantity) => `"quantity":${Number(quantity) * 1000}`);

interceptRequests((_request, response, serve) => {
  const end = response.end;
  response.end = function (body, ...rest) {
    if (typeof body !== "string" && !Buffer.isBuffer(body)) return end.call(this, body, ...rest);
    const changed = wrong(body.toString());
    if (!this.headersSent) this.setHeader("content-length", Buffer.byteLength(changed));
    return end.call(this, changed, ...rest);
  };
  serve();
});
