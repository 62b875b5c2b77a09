/** The file of a new route beside its app, and the line that lists it. */
import type { Catalog } from "../../src/model/component.ts";
import { UserError } from "../../src/model/errors.ts";
import { repoPath, type Hostname } from "../../src/model/names.ts";
import { askOf, isWhole, type RouteOptions } from "../../src/model/routeOptions.ts";
import type { Change } from "../../src/model/tree.ts";
import type { Route } from "../../src/model/unit.ts";
import { routeFile, routeObjects } from "../../src/plan/units.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { printDocuments } from "../../src/yaml/print.ts";
import type { RouteInput } from "./addRoute.ts";
import { listing } from "./listing.ts";
import { refuseMixed } from "./mixed.ts";

export interface NewRouteFile {
  /** Of its object. */
  readonly name: string;
  readonly changes: readonly Change[];
}

export async function newRoute(input: RouteInput, catalog: Catalog): Promise<NewRouteFile> {
  const { root, plan, host, backend, gateways, options } = input;
  const { folder, namespace, routes, name } = backend.app;
  const route: Route = {
    ...options,
    name,
    namespace,
    host,
    service: backend.service,
    port: backend.port,
    gateways: gateways.map((gateway) => gateway.name),
  };
  refuseMixed(route, input.apps, plan, catalog);
  const objectsOf = (objectCalled: string) => routeObjects({ ...route, name: objectCalled }, plan, catalog);
  const own = objectsOf(name);
  const isFirst = !routes.some(({ path }) => path.endsWith(`/${routeFile(own)}`));
  const short = host.split(".")[0] === name && isWhole(askOf(options)) && isFirst;
  const suffix = short ? "" : `-${await freeName(input, (one) => routeFile(own, `-${one}`))}`;
  const called = short ? name : objectName(suffix.slice(1));
  const objects = objectsOf(called);
  const file = routeFile(objects, suffix);
  const path = repoPath(folder, file);
  const disk = await readFiles(root, [path]);
  if (disk.has(path))
    throw new UserError(
      `${path} is there already and carries no route for ${host}`,
      "look at it, then move or remove it",
    );
  return {
    name: called,
    changes: [{ kind: "create", path, after: printDocuments(objects) }, ...(await listing(root, folder, file))],
  };
}

/** A name stands for itself alone; what takes some of its requests has a record of its own. */
export function instanceOf(host: Hostname, options: RouteOptions): string {
  const ask = askOf(options);
  return isWhole(ask) ? host : `${host}${ask}`;
}

/** As the suffix of its file says it. */
export const objectName = (suffix: string): string => suffix.replaceAll(".", "-");

// Paths that differ in their marks alone are spelled alike.
const MOST = 9;

/** The host, with what it takes of its requests where that is not all; numbered where that is taken. */
async function freeName(
  { root, host, options, apps, backend: { app } }: RouteInput,
  fileOf: (name: string) => string,
): Promise<string> {
  const ask = askOf(options)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  if (ask === "") return host;
  const base = `${host}-${ask}`.slice(0, 200).replace(/[-.]+$/, "");
  const names = [base, ...Array.from({ length: MOST - 1 }, (_, index) => `${base}-${index + 2}`)];
  const disk = await readFiles(
    root,
    names.map((name) => repoPath(app.folder, fileOf(name))),
  );
  const taken = new Set(
    apps.filter(({ namespace }) => namespace === app.namespace).flatMap(({ routes }) => routes.map((one) => one.name)),
  );
  return names.find((name) => !disk.has(repoPath(app.folder, fileOf(name))) && !taken.has(objectName(name))) ?? base;
}
