import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { NotFound, type Route, route } from "@mall/kit";
import { z } from "zod";

const folder = join(import.meta.dirname, "../public");

/** What the one stylesheet is put together from, in the order in which later rules win. */
const styles = [
  "tokens",
  "base",
  "frame",
  "controls",
  "messages",
  "products",
  "home",
  "search",
  "buying",
  "orders",
];

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

interface Asset {
  content: Buffer;
  contentType: string;
  version: string;
}

export interface Assets {
  /** The address of a file of `public/`; it changes with the file's content, so that browsers may keep it for ever. */
  urlOf(file: string): string;
  route: Route;
}

/** Reads the styles, scripts and icons once; they are few and small. */
export async function loadAssets(): Promise<Assets> {
  const files = (await readdir(folder)).filter((name) => extname(name) in types);
  const assets = new Map(await Promise.all(files.map(load)));
  assets.set("style.css", toAsset("style.css", await stylesheet()));
  return {
    urlOf(file) {
      const asset = assets.get(file);
      if (!asset) throw new Error(`public/ holds no ${file}`);
      return `/assets/${file}?v=${asset.version}`;
    },
    route: route({
      method: "get",
      path: "/assets/{file}",
      summary: "A stylesheet, script or icon of the shop",
      params: z.object({ file: z.string().max(100) }),
      query: z.object({ v: z.string().max(100).optional() }),
      answers: { 200: "*/*" },
      problems: [404],
      handle({ params: { file }, query: { v } }) {
        const asset = assets.get(file);
        if (!asset) throw new NotFound(`There is no file "${file}".`);
        const { content: body, contentType, version } = asset;
        const caching = v === version ? "public, max-age=31536000, immutable" : "no-cache";
        return { status: 200, body, contentType, headers: { "cache-control": caching } };
      },
    }),
  };
}

async function load(file: string): Promise<[string, Asset]> {
  return [file, toAsset(file, await readFile(join(folder, file)))];
}

async function stylesheet(): Promise<Buffer> {
  const parts = await Promise.all(styles.map((name) => readFile(join(folder, "styles", `${name}.css`))));
  return Buffer.concat(parts);
}

function toAsset(file: string, content: Buffer): Asset {
  const version = createHash("sha256").update(content).digest("hex").slice(0, 12);
  return { content, contentType: types[extname(file)] ?? "application/octet-stream", version };
}
