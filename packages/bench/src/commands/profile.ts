import { join } from "node:path";
import { type Command, Option } from "commander";
import { type Tracing, tracings } from "../journey/tracing.ts";
import { flameGraph } from "../profile/flame-graph.ts";
import { profileServices } from "../profile/profile-bench.ts";
import { profileText } from "../report/profile-text.ts";
import { note, positive, reportFile, withState, writeReport } from "./options.ts";

interface Flags {
  shoppers: number;
  seconds: number;
  tracing: Tracing;
  out: string;
}

export function addProfile(program: Command): void {
  program
    .command("profile")
    .description(
      "where a service's CPU time goes under the journey: by package, by function, as a flame graph",
    )
    .argument("<service...>", "one or several, profiled at the same time")
    .option("--shoppers <count>", "who buy meanwhile", positive, 4)
    .option("--seconds <count>", "of the profile", positive, 15)
    .addOption(
      new Option("--tracing <share>", "of the traffic that is traced").choices(tracings).default("100%"),
    )
    .option("--out <folder>", "for <service>.html and <service>.cpuprofile", reportFile("profiles"))
    .action(async (services: string[], { out, ...flags }: Flags) => {
      const profiles = await withState((stateDir) =>
        profileServices({ ...flags, services, stateDir, onProgress: note }),
      );
      for (const profile of profiles) {
        const { service, journeys, raw, tree } = profile;
        process.stdout.write(`${profileText(profile)}\n\n`);
        writeReport(join(out, `${service}.cpuprofile`), JSON.stringify(raw));
        const subtitle = `CPU time of the service's thread over ${journeys} journeys, tracing ${flags.tracing}`;
        writeReport(join(out, `${service}.html`), flameGraph(`Flame graph of ${service}`, subtitle, tree));
      }
    });
}
