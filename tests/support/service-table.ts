import { existsSync, readdirSync, readFileSync } from "node:fs";
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
    const description = join(projectRoot, "services", name, "package.json");
    if (!existsSync(description)) return []; // The folder also holds what builds the services' images.
    const { mall } = JSON.parse(readFileSync(description, "utf8")) as { mall?: Partial<ServiceEntry> };
    return mall ? [{ name, database: false, calls: [], delivers: [], ...mall }] : [];
  },
);
