import { z } from "zod";

// k6-operator publishes no model on npm: these are the fields that the mall uses of its TestRun (v1alpha1,
// api/v1alpha1/testrun_types.go at v1.6.0). Another one is an error until it is added here.
const quantities = z.record(z.string(), z.union([z.string(), z.number()]));
const metadata = z.strictObject({
  labels: z.record(z.string(), z.string()).optional(),
  annotations: z.record(z.string(), z.string()).optional(),
});
const variable = z.strictObject({
  name: z.string(),
  value: z.string().optional(),
  valueFrom: z.strictObject({ fieldRef: z.strictObject({ fieldPath: z.string() }) }).optional(),
});

const pod = z.strictObject({
  image: z.string().optional(),
  imagePullPolicy: z.enum(["Always", "IfNotPresent", "Never"]).optional(),
  metadata: metadata.optional(),
  env: z.array(variable).optional(),
  envFrom: z.array(z.strictObject({ configMapRef: z.strictObject({ name: z.string() }) })).optional(),
  resources: z.strictObject({ requests: quantities.optional(), limits: quantities.optional() }).optional(),
  serviceAccountName: z.string().optional(),
  // The operator takes a string here.
  automountServiceAccountToken: z.enum(["true", "false"]).optional(),
  securityContext: z
    .strictObject({
      runAsNonRoot: z.boolean().optional(),
      runAsUser: z.int().optional(),
      runAsGroup: z.int().optional(),
      fsGroup: z.int().optional(),
      seccompProfile: z.strictObject({ type: z.string() }).optional(),
    })
    .optional(),
  containerSecurityContext: z
    .strictObject({
      allowPrivilegeEscalation: z.boolean().optional(),
      readOnlyRootFilesystem: z.boolean().optional(),
      capabilities: z.strictObject({ drop: z.array(z.string()) }).optional(),
    })
    .optional(),
  volumes: z
    .array(
      z.strictObject({
        name: z.string(),
        emptyDir: z.strictObject({ sizeLimit: z.string().optional(), medium: z.string().optional() }),
      }),
    )
    .optional(),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string() })).optional(),
});

export const testRun = z.strictObject({
  apiVersion: z.literal("k6.io/v1alpha1"),
  kind: z.literal("TestRun"),
  metadata: metadata.extend({ name: z.string(), namespace: z.string().optional() }),
  spec: z.strictObject({
    parallelism: z.int().positive(),
    script: z.strictObject({ configMap: z.strictObject({ name: z.string(), file: z.string() }) }),
    arguments: z.string().startsWith("-").optional(),
    args: z.array(z.string()).optional(),
    separate: z.boolean().optional(),
    // Strings, by the operator's types.
    quiet: z.enum(["true", "false"]).optional(),
    paused: z.enum(["true", "false"]).optional(),
    runner: pod.optional(),
    starter: pod.optional(),
    initializer: pod.optional(),
  }),
});

export type TestRun = z.infer<typeof testRun>;
