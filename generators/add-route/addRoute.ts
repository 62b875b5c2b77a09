/** `gen add-route HOST`: one more name for an app, in the dialect of the gateway, registered beside it. */
import { routeFile, routeObjects } from "../../src/plan/units.ts";
import { UserError } from "../../src/model/errors.ts";
import { repoPath, type Hostname, type RepoPath } from "../../src/model/names.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import type { Change } from "../../src/model/tree.ts";
import { findApps, type FoundApp } from "../../src/repo/apps.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { recordOf } from "../../src/repo/record.ts";
import { readState, stateWrites, type State } from "../../src/repo/state.ts";
import { writesOf, type FileWrite } from "../../src/repo/writes.ts";
import { printDocuments } from "../../src/yaml/print.ts";
import { given, isOn, WRITING, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, type OpenRepository } from "../repository.ts";
import { answered, digs } from "./answered.ts";
import { askDestination } from "./ask.ts";
import { backendNamed, onlyBackend, type Backend } from "./backend.ts";
import { gatewaysFor, holderOf, hostIn } from "./host.ts";
import { prepareMachine, type MachineInput } from "./machine.ts";
import { originFor, type Wish } from "./origin.ts";
import { listing } from "./listing.ts";
import { rerender } from "./rerender.ts";

export interface RouteInput extends OpenRepository {
  readonly host: Hostname;
  readonly backend: Backend;
  readonly gateways: readonly Gateway[];
  readonly apps: readonly FoundApp[];
}

export const addRouteGenerator: Generator<RouteInput | MachineInput> = {
  name: "add-route",
  summary: "Adds a host name to an app, or to a machine of the LAN.",
  argument: "HOST",
  argumentSummary: "host name under one of your domains",
  flags: [
    { name: "app", value: "NAME", summary: "the app that answers; the one called like the first label when absent" },
    { name: "service", value: "NS/NAME:PORT", summary: "the Service and port, where an app has several" },
    {
      name: "to",
      value: "[http://|https://]HOST[:PORT]",
      summary: "a machine of the LAN, by address or by its name in homelab.yaml",
    },
    { name: "tls-skip-verify", summary: "with --to https://: the certificate of the machine is not looked at" },
    {
      name: "tls-name",
      value: "NAME",
      summary: "with --to https://: name that a public authority signed its certificate for",
    },
    { name: "gateway", value: "NAME[,NAME]|all", summary: "gateways that listen; the default one when absent" },
    ...WRITING,
  ],
  examples: [
    "gen add-route photos.ragas.cc",
    "gen add-route echo2.ragas.cc --app echo --gateway internal --yes",
    "gen add-route nas.ragas.cc --to https://172.16.1.20:5001 --tls-skip-verify",
  ],
  collect,
  prepare: (input, session) => ("origin" in input ? prepareMachine(input, session) : prepare(input, session)),
  rerender,
};

async function collect(session: Session): Promise<RouteInput | MachineInput> {
  const repository = await openRepository(session);
  const { plan } = repository;
  if (session.argument === undefined && !session.interactive)
    throw new UserError("add-route needs a host name", `gen add-route photos.${plan.domains[0]}`);
  const text =
    session.argument ??
    (await session.asker.text({
      message: "Host name",
      check: (answer) => (answer === "" ? "a host name is needed" : undefined),
    }));
  const host = hostIn(text, plan);
  const apps = await findApps(repository.root, session.catalog);
  const common = { ...repository, host, apps, gateways: gatewaysFor(plan, session) };
  const wish = machineGiven(session);
  if (wish !== undefined) return { ...common, origin: originFor(wish, host, plan) };
  const named = backendNamed(host, apps, session);
  if (named !== undefined) return { ...common, backend: named };
  if (!session.interactive || isOn(session, "yes")) return { ...common, backend: onlyBackend(host, apps) };
  return { ...common, ...(await askDestination(common, session)) };
}

function machineGiven(session: Session): Wish | undefined {
  const to = given(session, "to");
  const about = to === undefined ? ["tls-skip-verify", "tls-name"] : ["app", "service"];
  const other = about.find((flag) => given(session, flag) !== undefined);
  if (other !== undefined)
    throw to === undefined
      ? new UserError(`--${other} is about a machine`, "--to https://HOST:PORT names it")
      : new UserError(`--to and --${other} lead to two places`, "keep one of them");
  return to === undefined
    ? undefined
    : { to, unverified: isOn(session, "tls-skip-verify"), tlsName: given(session, "tls-name") };
}

async function prepare(input: RouteInput, session: Session): Promise<Prepared> {
  const { root, host, backend, findings } = input;
  // Read before anything is shown: a state that cannot be read is no state to add to.
  const state = readState(root);
  const held = alreadyThere(input);
  const changes = held === undefined ? await changesFor(input, session) : await missingLine(input, held);
  return {
    command: "add-route",
    changes: { changes },
    findings,
    preview: preview(input),
    question: "Write?",
    nothingToDo: `  ${host} → Service ${backend.app.namespace}/${backend.service}:${backend.port} is there already, nothing to do`,
    apply: async () => {
      const remembered = held === undefined ? recordWrites(input, changes, state, session) : [];
      await applyChanges(root, [...writesOf({ changes }), ...remembered]);
      return {
        done: [`${host} written`],
        nextSteps: ["git add, commit and push: the cluster reads the remote", ...digs(host, input.plan)],
      };
    },
  };
}

/** What was asked for and what came of it, so that the route can be brought up to date or removed later. */
function recordWrites(
  { host, backend, gateways }: RouteInput,
  changes: readonly Change[],
  state: State,
  { version }: Session,
): readonly FileWrite[] {
  const created = changes.flatMap((change) =>
    change.kind === "create"
      ? [[change.path, { content: change.after, kept: "managed", by: "add-route" }] as const]
      : [],
  );
  const inputs = {
    host,
    app: `${backend.app.namespace}/${backend.app.name}`,
    service: backend.service,
    port: backend.port,
    gateways: gateways.map(({ name }) => name),
  };
  const { record, texts } = recordOf({
    generator: "add-route",
    instance: host,
    version,
    inputs,
    tree: new Map(created),
  });
  return stateWrites(state, record, texts);
}

/** The same host, on the same Service and gateways. Anything else that has the host is in the way. */
function alreadyThere({ host, apps, backend, gateways }: RouteInput): RepoPath | undefined {
  const holder = holderOf(host, apps);
  if (holder === undefined) return undefined;
  const sameBackend =
    holder.app.folder === backend.app.folder && holder.backends.join() === `${backend.service}:${backend.port}`;
  const sameGateways =
    [...holder.gateways].sort().join() ===
    gateways
      .map(({ object }) => object)
      .sort()
      .join();
  if (sameBackend && sameGateways) return holder.path;
  throw new UserError(
    `${host} is answered already by ${holder.backends.join(", ")} on ${holder.gateways.join(", ")}: ${holder.path}`,
    "edit that file, or choose another name",
  );
}

/** A route that was taken out of its list by hand is a file nobody reads. Below the app's folder the layout is the user's. */
async function missingLine({ root, backend }: RouteInput, held: RepoPath): Promise<readonly Change[]> {
  const { folder } = backend.app;
  const file = held.slice(folder.length + 1);
  return file.includes("/") ? [] : listing(root, folder, file);
}

async function changesFor(
  { root, plan, host, backend, gateways }: RouteInput,
  { catalog }: Session,
): Promise<readonly Change[]> {
  const { folder, namespace, routes, name } = backend.app;
  const objectsOf = (called: string) =>
    routeObjects(
      {
        name: called,
        namespace,
        host,
        service: backend.service,
        port: backend.port,
        gateways: gateways.map((gateway) => gateway.name),
      },
      plan,
      catalog,
    );
  const own = objectsOf(name);
  const short = host.split(".")[0] === name && !routes.some(({ path }) => path.endsWith(`/${routeFile(own)}`));
  const objects = short ? own : objectsOf(host.replaceAll(".", "-"));
  const file = routeFile(objects, short ? "" : `-${host}`);
  const path = repoPath(folder, file);
  const disk = await readFiles(root, [path]);
  if (disk.has(path))
    throw new UserError(
      `${path} is there already and carries no route for ${host}`,
      "look at it, then move or remove it",
    );
  return [{ kind: "create", path, after: printDocuments(objects) }, ...(await listing(root, folder, file))];
}

function preview({ host, backend, gateways, plan }: RouteInput): string {
  return [
    `  ${host} → Service ${backend.app.namespace}/${backend.service}:${backend.port}          ${backend.because}`,
    `  ${answered(gateways, plan)}`,
    "",
  ].join("\n");
}
