import type { Backend } from "../backend.ts";

export async function open(backend: Backend): Promise<void> {
  if (!(await backend.isUp())) throw new Error("No cluster is up: npm run cluster -- up");
  const places = await backend.addresses();
  const width = Math.max(...Object.keys(places).map((name) => name.length));
  for (const [name, url] of Object.entries(places)) process.stdout.write(`${name.padEnd(width)}  ${url}\n`);
}
