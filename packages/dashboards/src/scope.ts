/** Matchers that several dashboards share. Grafana puts the variables' values in. */

export const here = 'namespace="$namespace"';

export const chosenServices = `${here}, service=~"$service"`;

/** Of a pod's containers those that are the mall's own: without the sidecar, and without the pod's total. */
export const ownContainers = `${here}, pod=~"$service-.+", container!~"|POD|istio-.+"`;

/** Burn rates from which on people are called, as the alerts in base/alerts/rules have them. */
export const burnsFast = 14.4;
export const burnsSlowly = 6;
