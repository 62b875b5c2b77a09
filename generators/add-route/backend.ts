/** Which Service answers for a host name: by `--service`, by `--app`, by its first label, or the only one there is. */
import { UserError } from "../../src/model/errors.ts";
import type { Hostname } from "../../src/model/names.ts";
import { suggest } from "../../src/model/suggest.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import { given, type Session } from "../generator.ts";

export interface Backend {
  readonly app: FoundApp;
  readonly service: string;
  readonly port: number;
  /** How it was found, for the summary. */
  readonly because: string;
}

/** What flags or the host name itself say; nothing where they leave it open. */
export function backendNamed(host: Hostname, apps: readonly FoundApp[], session: Session): Backend | undefined {
  const [service, app] = [given(session, "service"), given(session, "app")];
  if (service !== undefined) {
    const backend = byService(service, apps);
    if (app === undefined || byName(app, apps) === backend.app) return backend;
    throw new UserError(
      `--service ${service} is a Service of ${keyOf(backend.app)}, and --app says ${app}`,
      "give one of them",
    );
  }
  if (app !== undefined) return onlyPort(byName(app, apps));
  const same = apps.filter(({ name, services }) => services.length > 0 && name === host.split(".")[0]);
  return same.length === 1 && same[0] !== undefined ? onlyPort(same[0]) : undefined;
}

/** Where nobody can be asked: the only one there is. */
export function onlyBackend(host: Hostname, apps: readonly FoundApp[]): Backend {
  const withService = apps.filter(({ services }) => services.length > 0);
  if (withService.length === 1 && withService[0] !== undefined)
    return { ...onlyPort(withService[0]), because: "the only app with a Service" };
  throw new UserError(
    `no app is called ${host.split(".")[0]}, and ${host} could go to ${listed(withService)}`,
    "say which: --app NAME, --service NAMESPACE/NAME:PORT, or --to HOST:PORT for a machine of the LAN",
  );
}

/** All there are, as `--service` names them. */
export const serviceNames = (apps: readonly FoundApp[]): readonly string[] =>
  apps.flatMap(({ namespace, services }) =>
    services.flatMap(({ name, ports }) => ports.map((port) => `${namespace}/${name}:${port}`)),
  );

const keyOf = ({ namespace, name }: FoundApp): string => `${namespace}/${name}`;

function byName(name: string, apps: readonly FoundApp[]): FoundApp {
  const found = apps.filter((app) => app.name === name || keyOf(app) === name);
  if (found.length === 1 && found[0] !== undefined) return found[0];
  if (found.length > 1)
    throw new UserError(
      `several apps are called ${name}: ${listed(found)}`,
      `say which: --app ${keyOf(found[0] as FoundApp)}`,
    );
  const near = suggest(
    name,
    apps.map((app) => app.name),
  );
  throw new UserError(
    `there is no app ${name} under kubernetes/apps`,
    near === undefined ? `apps: ${listed(apps)}` : `did you mean ${near}?`,
  );
}

export function byService(text: string, apps: readonly FoundApp[]): Backend {
  const match = /^([a-z0-9-]+)\/([a-z0-9-]+):(\d{1,5})$/.exec(text);
  const [, namespace = "", service = "", port = ""] = match ?? [];
  if (match === null || Number(port) < 1 || Number(port) > 65_535)
    throw new UserError(`--service ${text} is not NAMESPACE/NAME:PORT`, "such as --service default/echo:8080");
  const inNamespace = apps.filter((app) => app.namespace === namespace);
  const owner =
    inNamespace.find(({ services }) => services.some(({ name }) => name === service)) ??
    inNamespace.find(({ name }) => name === service);
  if (owner === undefined) {
    throw new UserError(
      `no app under kubernetes/apps/${namespace} has a Service ${service}`,
      `the route lies beside its app; apps: ${listed(apps)}`,
    );
  }
  const ports = owner.services.find(({ name }) => name === service)?.ports ?? [];
  if (ports.length > 0 && !ports.includes(Number(port)))
    throw new UserError(
      `the Service ${service} of ${keyOf(owner)} has no port ${port}: ${ports.join(", ")}`,
      `such as --service ${namespace}/${service}:${ports[0]}`,
    );
  return { app: owner, service, port: Number(port), because: `found in ${owner.folder}` };
}

function onlyPort(app: FoundApp): Backend {
  const choices = app.services.flatMap(({ name, ports }) =>
    ports.map((port) => ({ app, service: name, port, because: `found in ${app.folder}` })),
  );
  if (choices.length === 1 && choices[0] !== undefined) return choices[0];
  const how = "say which Service and port: --service NAMESPACE/NAME:PORT";
  if (choices.length === 0) throw new UserError(`${keyOf(app)} has no Service that can be read from its files`, how);
  throw new UserError(
    `${keyOf(app)} has several ports: ${choices.map(({ service, port }) => `${service}:${port}`).join(", ")}`,
    how,
  );
}

const listed = (apps: readonly FoundApp[]): string => (apps.length === 0 ? "none" : apps.map(keyOf).join(", "));
