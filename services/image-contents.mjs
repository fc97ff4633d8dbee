/**
 * Lays out what goes into an image, as services/Dockerfile asks for it:
 * `node services/image-contents.mjs shared FOLDER`: what is the same for every service;
 * `node services/image-contents.mjs cart FOLDER`: what is cart's own.
 */
import { cpSync, existsSync, lutimesSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundling } from "../packages/kit/bundling.mjs";

// pg-native is an option of pg that nobody here takes.
const external = bundling.external.filter((name) => name !== "pg-native");

// Whatever of these a service has lies beside its bundle as it does in the repository.
const assets = ["public", "images", "dist/page"];

const [what, target] = process.argv.slice(2);
if (!what || !target) throw new Error("Usage: node services/image-contents.mjs shared|<service> FOLDER");
mkdirSync(target, { recursive: true });
if (what === "shared") layOutShared();
else layOutService(folderOf(what));
forgetTimes(target);

function layOutShared() {
  cpSync("packages/kit/dist/telemetry.mjs", join(target, "telemetry.mjs"));
  for (const folder of withDependencies(external)) cpSync(folder, join(target, folder), { recursive: true });
}

/** A service finds its files beside the folder of its bundle, as it does in the repository. */
function layOutService(source) {
  mkdirSync(join(target, "dist"));
  cpSync(join(source, "dist/service.mjs"), join(target, "dist/service.mjs"));
  symlinkSync("dist/service.mjs", join(target, "service.mjs"));
  for (const asset of assets)
    if (existsSync(join(source, asset)))
      cpSync(join(source, asset), join(target, asset), { recursive: true });
  // The observatory evaluates the cluster's own rules: RULES_FILE=/app/rules/mall-rules.yaml.
  if (what === "observatory") cpSync("base/alerts/rules", join(target, "rules"), { recursive: true });
}

function folderOf(service) {
  const folder = [`services/${service}`, `packages/${service}`].find((path) => existsSync(path));
  if (!folder) throw new Error(`There is no service "${service}".`);
  return folder;
}

/** The packages' folders, each with all that it depends on, found as Node finds them. */
function withDependencies(names, from = ".", found = new Set()) {
  for (const name of names) {
    const folder = lookUp(name, from);
    if (found.has(folder)) continue;
    found.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    withDependencies(Object.keys(dependencies), folder, found);
  }
  return found;
}

function lookUp(name, from) {
  const folder = join(from, "node_modules", name);
  if (existsSync(folder)) return folder;
  if (from === ".") throw new Error(`The package "${name}" is not installed.`);
  return lookUp(name, dirname(from));
}

/** The same contents give the same image, whenever they were built. */
function forgetTimes(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true }))
    lutimesSync(join(entry.parentPath, entry.name), 0, 0);
  lutimesSync(folder, 0, 0);
}
