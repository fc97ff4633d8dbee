/** Serves the folder's repositories over HTTP, for reading: `node dist/git/serve.js FOLDER ADDRESS PORT`. */
import { createServer } from "node:http";
import { answerByGit } from "./backend-program.ts";

const [folder = "", address = "", port = ""] = process.argv.slice(2);
if (port === "") throw new Error("Usage: serve FOLDER ADDRESS PORT");
createServer((request, response) => answerByGit(folder, request, response)).listen(Number(port), address);
