import type { ErrorRequestHandler, RequestHandler } from "express";
import type { Kysely } from "kysely";
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { z } from "zod";
import type { HttpClient } from "../client/http-client.ts";
import type { Migrations } from "../database/migrations.ts";
import type { FaultInjector } from "../faults/fault-injector.ts";
import type { Admission } from "../http/load-shedding.ts";
import type { Route } from "../http/route.ts";
import type { BelieveHeaders } from "../http/server-span.ts";
import type { Metrics } from "../telemetry/metrics.ts";

/** What the kit hands to a service when it builds itself. */
export interface ServiceContext<Config, Schema> {
  config: Config;
  /** Only for a service with migrations; any use by another one throws. */
  database: Kysely<Schema>;
  pool: Pool;
  /** A client for another service, closed with this one. */
  client(peer: string, url: string): HttpClient;
  logger: Logger;
  metrics: Metrics;
  faults: FaultInjector;
}

/** What a service is made of once its dependencies are there. */
export interface ServiceParts {
  routes: readonly Route[];
  middleware?: readonly RequestHandler[];
  errorHandler?: ErrorRequestHandler;
  /** For a service that strangers call: what it believes of their trace headers. Default everything. */
  believeHeaders?: BelieveHeaders;
  /** For a service that strangers call: who goes first, and how long who waits, when there are too many. */
  admission?: Admission;
  /** Rejects, with the reason, while the service cannot do its work; its database is checked already. */
  ready?(): Promise<void>;
  /** Background work: begun when the service listens, ended before its database is closed. */
  start?(): Promise<void>;
  stop?(): Promise<void>;
}

interface ServiceDefinition<ConfigSchema extends z.ZodObject, Schema> {
  name: string;
  description: string;
  /** The service's own variables; the common ones (`commonConfig`) are added. */
  config: ConfigSchema;
  migrations?: Migrations<Schema>;
  create(context: ServiceContext<z.output<ConfigSchema>, Schema>): ServiceParts | Promise<ServiceParts>;
}

/** A service as those see it who start it: they need not know the types of its configuration and its tables. */
export interface Service extends Omit<ServiceDefinition<z.ZodObject, unknown>, "create"> {
  create(context: ServiceContext<never, never>): ServiceParts | Promise<ServiceParts>;
}

/** Describes a service completely and without side effects, so that a process, a test or a tool can start it. */
export const defineService = <ConfigSchema extends z.ZodObject, Schema>(
  definition: ServiceDefinition<ConfigSchema, Schema>,
): Service => definition as unknown as Service;
