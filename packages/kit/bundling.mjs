/** How a service becomes one file, for esbuild: whoever bundles one, bundles it so. */
export const bundling = {
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node24",
  conditions: ["source"],
  // Loaded from node_modules at run time: the hooks of OpenTelemetry are loaders of modules, and no part of a bundle.
  external: ["pg-native", "import-in-the-middle", "require-in-the-middle"],
  // CommonJS packages inside the bundle call require for Node's own modules.
  banner: {
    js: `import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);`,
  },
  logLevel: "warning",
};
