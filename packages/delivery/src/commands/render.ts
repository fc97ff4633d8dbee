import { Command } from "commander";
import { DeliveryError } from "../delivery-error.ts";
import { foldersOf, type RenderedFolder, renderFolders } from "../render/environment.ts";
import { objectsIn } from "../render/objects.ts";
import { answer, type CommonFlags, rootOf, withCommonOptions } from "./options.ts";

export const renderCommand = withCommonOptions(new Command("render"))
  .description("Print the manifests as Argo CD would apply them")
  .argument("<environment>", "dev, staging, prod or local")
  .argument("[service]", 'one folder of it: a service, "platform", or a load test such as loadtest/smoke')
  .action(async (environment: string, service: string | undefined, flags: CommonFlags) => {
    const root = await rootOf(flags);
    const folders = foldersOf(root, environment);
    const wanted = service
      ? folders.filter((folder) => folder === `overlays/${environment}/${service}`)
      : folders;
    if (wanted.length === 0)
      throw new DeliveryError(`There is nothing called "${service}" in ${environment}.`);
    const rendered = await renderFolders(root, wanted);
    const objects = rendered.flatMap(({ folder, yaml }) =>
      objectsIn(yaml).map((object) => ({ folder, ...object })),
    );
    answer(flags, objects, () => rendered.map(asText));
  });

const asText = ({ folder, yaml }: RenderedFolder): string => `---\n# ${folder}\n${yaml.trimEnd()}`;
