import { readFile } from "node:fs/promises";
import { unwatchFile, watchFile } from "node:fs";
import { FlagdCore } from "@openfeature/flagd-core";
import { OpenFeatureEventEmitter, type Provider, ProviderEvents } from "@openfeature/server-sdk";

const pollMs = 500;

/**
 * An OpenFeature provider over a flag file in flagd's format. The file is polled, not watched: a mounted ConfigMap
 * is swapped by a symlink, which change notifications miss. A file that is missing or broken leaves the last flags.
 */
export function createFlagFileProvider(file: string, onInvalid: (error: unknown) => void): Provider {
  const core = new FlagdCore();
  const events = new OpenFeatureEventEmitter();

  async function load(): Promise<void> {
    try {
      const text = await readFile(file, "utf8");
      events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged: core.setConfigurations(text) });
    } catch (error) {
      onInvalid(error);
    }
  }

  const reload = () => void load();

  return {
    metadata: { name: "flag-file" },
    runsOn: "server",
    events,
    async initialize() {
      await load();
      watchFile(file, { interval: pollMs, persistent: false }, reload);
    },
    async onClose() {
      // Only our own: other services of this process may follow the same file.
      unwatchFile(file, reload);
    },
    resolveBooleanEvaluation: async (key, fallback, context) =>
      core.resolveBooleanEvaluation(key, fallback, context),
    resolveNumberEvaluation: async (key, fallback, context) =>
      core.resolveNumberEvaluation(key, fallback, context),
    resolveStringEvaluation: async (key, fallback, context) =>
      core.resolveStringEvaluation(key, fallback, context),
    resolveObjectEvaluation: async (key, fallback, context) =>
      core.resolveObjectEvaluation(key, fallback, context),
  };
}
