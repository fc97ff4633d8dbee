import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "./whole-mall.ts";

interface ServiceEntry {
  name: string;
  database: boolean;
  calls: string[];
  delivers: string[];
}

/** Who there is and who may call whom, as the services' package.json files say. */
export const serviceTable: readonly ServiceEntry[] = readdirSync(join(projectRoot, "services")).flatMap(
  (name) => {
    const text = readFileSync(join(projectRoot, "services", name, "package.json"), "utf8");
    const { mall } = JSON.parse(text) as { mall?: Partial<ServiceEntry> };
    return mall ? [{ name, database: false, calls: [], delivers: [], ...mall }] : [];
  },
);
