import { Command } from "commander";
import { addBreaker } from "./commands/breaker.ts";
import { addJourney } from "./commands/journey.ts";
import { addObservatory } from "./commands/observatory.ts";
import { addOverload } from "./commands/overload.ts";
import { addProfile } from "./commands/profile.ts";
import { addSoak } from "./commands/soak.ts";
import { addStorefront } from "./commands/storefront.ts";

const program = new Command("npm run bench --").description(
  "Measure what the mall costs and how fast it is.",
);
addJourney(program);
addObservatory(program);
addOverload(program);
addProfile(program);
addSoak(program);
addBreaker(program);
addStorefront(program);

try {
  await program.parseAsync();
} catch (error) {
  program.error(error instanceof Error ? `error: ${error.message}` : String(error));
}
