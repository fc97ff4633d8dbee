import { numberAttribute, textAttribute, type Attributes } from "../otlp/attributes.ts";

/** What a calling span says about whom it called. */
export type CalleeHint =
  | { readonly kind: "database" | "messaging"; readonly name: string; readonly system: string }
  | { readonly kind: "peer"; readonly name: string }
  | { readonly kind: "address"; readonly name: string };

/** Null when the span does not say. Current names of the semantic conventions first, then the older ones. */
export function calleeHint(attributes: Attributes): CalleeHint | null {
  return (
    databaseHint(attributes) ?? peerHint(attributes) ?? messagingHint(attributes) ?? addressHint(attributes)
  );
}

/** Each database of a server is a node of its own: who shares one is what a reader wants to see. */
function databaseHint(attributes: Attributes): CalleeHint | null {
  const system = textAttribute(attributes, "db.system.name") ?? textAttribute(attributes, "db.system");
  if (system === undefined) return null;
  const database = textAttribute(attributes, "db.namespace") ?? textAttribute(attributes, "db.name");
  return { kind: "database", name: database === undefined ? system : `${system}/${database}`, system };
}

function peerHint(attributes: Attributes): CalleeHint | null {
  const name = textAttribute(attributes, "peer.service") ?? textAttribute(attributes, "service.peer.name");
  return name === undefined ? null : { kind: "peer", name };
}

function messagingHint(attributes: Attributes): CalleeHint | null {
  const system = textAttribute(attributes, "messaging.system");
  if (system === undefined) return null;
  const destination = textAttribute(attributes, "messaging.destination.name");
  return { kind: "messaging", name: destination === undefined ? system : `${system}/${destination}`, system };
}

function addressHint(attributes: Attributes): CalleeHint | null {
  const name = serverAddress(attributes);
  return name === null ? null : { kind: "address", name };
}

/** `host:port` as far as it is known. */
export function serverAddress(attributes: Attributes): string | null {
  const host = textAttribute(attributes, "server.address") ?? textAttribute(attributes, "net.peer.name");
  if (host === undefined) return null;
  const port = numberAttribute(attributes, "server.port") ?? numberAttribute(attributes, "net.peer.port");
  return port === undefined ? host : `${host}:${port}`;
}
