import { spawn } from "node:child_process";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createGunzip } from "node:zlib";

const headerEnd = Buffer.from("\r\n\r\n");

/** Answers one request by `git http-backend`, a CGI program: variables in, headers and body out. */
export function answerByGit(root: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://git");
  const program = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers["content-type"] ?? "",
      REMOTE_ADDR: request.socket.remoteAddress,
      GIT_PROTOCOL: String(request.headers["git-protocol"] ?? ""),
    },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const body = request.headers["content-encoding"] === "gzip" ? request.pipe(createGunzip()) : request;
  // What cannot be unpacked, or is no longer read, ends this answer and not the server.
  body.on("error", () => program.kill());
  body.pipe(program.stdin).on("error", () => program.kill());

  let head = Buffer.alloc(0);
  program.stdout.on("data", (chunk: Buffer) => {
    if (response.headersSent) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf(headerEnd);
    if (end < 0) return;
    writeHead(response, head.subarray(0, end).toString());
    response.write(head.subarray(end + headerEnd.length));
  });
  program.once("error", () => response.destroy());
  program.once("close", () => {
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
}

/** CGI gives the status as a header. */
function writeHead(response: ServerResponse, text: string): void {
  const headers = text.split("\r\n").map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const status = headers.find(([name]) => name.toLowerCase() === "status")?.[1];
  for (const [name, value] of headers) if (name.toLowerCase() !== "status") response.setHeader(name, value);
  response.writeHead(status ? Number.parseInt(status, 10) : 200);
}
