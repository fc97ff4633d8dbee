import { environments } from "../release/leaves.ts";
import type { Distance, ServiceStatus } from "./service-status.ts";

/** What a person would say about the table: who is ahead of whom. Services of which the same is true share a line. */
export function sentencesOn(services: readonly ServiceStatus[]): string[] {
  if (services.every(isUnreleased))
    return ["Nothing is released yet: the first build on main writes what runs in dev."];
  const told = Map.groupBy(services, (service) => sentenceOn(service));
  return [...told].map(([sentence, who]) => {
    const names =
      who.length === services.length ? "Everything" : who.map(({ service }) => service).join(", ");
    return `${names}: ${sentence}`;
  });
}

const isUnreleased = ({ environments: there }: ServiceStatus): boolean =>
  Object.values(there).every((status) => typeof status === "string");

function sentenceOn(status: ServiceStatus): string {
  if (isUnreleased(status)) return "not released yet.";
  const clauses = [...status.distances.flatMap(clause), ...waiting(status)];
  if (clauses.length > 0) return `${clauses.join("; ")}.`;
  const where = environments.filter((name) => typeof status.environments[name] !== "string");
  return where.length > 1 ? `the same in ${list(where)}.` : `nothing newer than what ${list(where)} runs.`;
}

function clause({ environment, comparedWith, comparable, behind, ahead }: Distance): string[] {
  if (!comparable) return [`${environment} and ${comparedWith} have no common line of history here`];
  if (behind > 0 && ahead > 0)
    return [`${environment} is ${commits(behind)} behind and ${commits(ahead)} ahead of ${comparedWith}`];
  if (ahead > 0) return [`${environment} is ${commits(ahead)} ahead of ${comparedWith}`];
  if (behind > 0) return [`${environment} is ${commits(behind)} behind ${comparedWith}`];
  return [];
}

function waiting({ environments: there }: ServiceStatus): string[] {
  const unreleased = environments.filter((name) => there[name] === "unreleased");
  return unreleased.length > 0 ? [`not released yet in ${list(unreleased)}`] : [];
}

const commits = (count: number): string => (count === 1 ? "1 commit" : `${count} commits`);

const list = (names: readonly string[]): string =>
  names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
