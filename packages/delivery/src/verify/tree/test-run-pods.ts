import type { TestRun } from "../schema/test-run.ts";
import type { RenderedKind } from "./kinds.ts";
import type { PodTemplate } from "./pods.ts";

/** The pod templates that the k6 operator makes of a TestRun: without an initializer of its own, the runner is one too. */
export function podTemplatesOf({ manifest }: RenderedKind<"TestRun">): PodTemplate[] {
  const { runner = {}, starter = {}, initializer, script } = manifest.spec;
  const withScript = [
    ["runner", runner] as const,
    ...(initializer ? [["initializer", initializer] as const] : []),
  ];
  return [
    ...withScript.map(([name, part]) => template(name, part, script.configMap)),
    template("starter", starter),
  ];
}

type Part = NonNullable<TestRun["spec"]["runner"]>;

function template(name: string, part: Part, script?: { name: string; file: string }): PodTemplate {
  const { metadata, containerSecurityContext, volumes = [], volumeMounts = [], ...others } = part;
  const { automountServiceAccountToken, securityContext, serviceAccountName, ...container } = others;
  const scenario = script && {
    name: "k6-test-volume",
    configMap: { name: script.name, items: [{ key: script.file, path: script.file }] },
  };
  return {
    metadata,
    spec: {
      securityContext,
      serviceAccountName,
      automountServiceAccountToken: automountServiceAccountToken !== "false",
      volumes: [...volumes, ...(scenario ? [scenario] : [])],
      containers: [
        {
          ...container,
          name,
          securityContext: containerSecurityContext,
          volumeMounts: [...volumeMounts, ...(scenario ? [{ name: scenario.name, mountPath: "/test" }] : [])],
        },
      ],
    },
    // What is not given is undefined here, and absent there: rules do not tell these apart.
  } as PodTemplate;
}
