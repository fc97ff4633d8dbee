import { Command, Option } from "commander";
import { chooseBackend } from "./choose-backend.ts";
import { logs } from "./commands/logs.ts";
import { open } from "./commands/open.ts";
import { status } from "./commands/status.ts";
import { up } from "./commands/up.ts";
import { step } from "./machine/progress.ts";
import { sentence } from "./machine/sentence.ts";

interface Flags {
  backend?: "bare" | "kind";
}

const command = new Command("npm run cluster --")
  .description(
    "A cluster to try the delivery on, with Docker (kind) or without (bare: Linux, root). cluster/README.md says what of it has run.",
  )
  .addOption(
    new Option("--backend <name>", "kind, which nobody has started yet, where Docker is; else bare")
      .choices(["bare", "kind"])
      .env("MALL_CLUSTER_BACKEND"),
  );

const backendOf = () => chooseBackend(command.opts<Flags>().backend);

command
  .command("up")
  .description("bring up the cluster and deliver the work tree to it; what is up is left alone")
  .action(async () => up(await backendOf()));

command
  .command("down")
  .description("end everything that `up` began and remove what it wrote; what was built stays in the cache")
  .action(async () => {
    const backend = await backendOf();
    await step("the cluster is gone", () => backend.down());
  });

command
  .command("status")
  .description("what runs, what does not, and what Argo CD says of every Application")
  .action(async () => {
    process.exitCode = (await status(await backendOf())) ? 0 : 1;
  });

command
  .command("logs")
  .description("what a process of the cluster or a pod wrote; without a name: of what there are logs")
  .argument("[name]", "a process such as kubelet, or a service of the mall such as cart")
  .action((name?: string) => logs(name));

command
  .command("open")
  .description("where the storefront, Argo CD, Prometheus and the observatory are")
  .action(async () => open(await backendOf()));

try {
  await command.parseAsync();
} catch (error) {
  process.stderr.write(`${sentence(error)}\n`);
  process.exitCode = 1;
}
