import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Backend } from "../backend.ts";
import { repository } from "../paths.ts";

/** Whatever overlays/local names an image of: the services, the load generator and the observatory. */
function mallImages(): string[] {
  const services = readdirSync(join(repository, "services"), { withFileTypes: true });
  return [...services.filter((entry) => entry.isDirectory()).map(({ name }) => name), "observatory"];
}

export const mallImageName = (service: string): string => `mall.local/mall-${service}`;

/** Builds every image of the mall from a commit's files, under its tag. Answers each one's digest. */
export async function buildMallImages(
  backend: Backend,
  source: string,
  commit: string,
  onBuilt: (service: string) => void,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const service of mallImages()) {
    // By the Dockerfile that the pipeline builds it by. The observatory is part of the platform: it is not released.
    const digest = await backend.buildImage({
      name: `${mallImageName(service)}:${service === "observatory" ? "local" : commit}`,
      dockerfile: join(source, "services/Dockerfile"),
      context: source,
      args: { SERVICE: service },
      cached: true,
    });
    digests.set(service, digest);
    onBuilt(service);
  }
  return digests;
}
