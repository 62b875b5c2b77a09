/** `gen add-route HOST`: one more name for an app, in the dialect of the gateway, registered beside it. */
import { UserError } from "../../src/model/errors.ts";
import type { Hostname, RepoPath } from "../../src/model/names.ts";
import { appDomain } from "../../src/model/zones.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import { askOf, optionsAsked, type RouteOption, type RouteOptions } from "../../src/model/routeOptions.ts";
import type { Change } from "../../src/model/tree.ts";
import { findApps, type FoundApp } from "../../src/repo/apps.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { recordOf } from "../../src/repo/record.ts";
import { readState, stateWrites, type State } from "../../src/repo/state.ts";
import { writesOf, type FileWrite } from "../../src/repo/writes.ts";
import { given, isOn, WRITING, type Generator, type Prepared, type Session } from "../generator.ts";
import { openRepository, type OpenRepository } from "../repository.ts";
import { editSpec } from "../specEdit.ts";
import { asInputs, refuseOtherWish } from "../again.ts";
import { refuseUnable } from "./able.ts";
import { answered, digs } from "./answered.ts";
import { authSteps, refuseUnknownService } from "./auth.ts";
import { askDestination } from "./ask.ts";
import { backendNamed, onlyBackend, type Backend } from "./backend.ts";
import { withName } from "./claim.ts";
import { letIn } from "./closed.ts";
import { gatewaysFor, holderOf, hostIn } from "./host.ts";
import { prepareMachine, type MachineInput } from "./machine.ts";
import { originFor, type Wish } from "./origin.ts";
import { listing } from "./listing.ts";
import { instanceOf, newRoute } from "./newRoute.ts";
import { ROUTE_FLAGS, routeOptionsOf, spellOptions } from "./options.ts";
import { rerender } from "./rerender.ts";
import { flagOf } from "./together.ts";
import { askText, optionLines } from "./told.ts";

export interface RouteInput extends OpenRepository {
  readonly host: Hostname;
  readonly backend: Backend;
  readonly gateways: readonly Gateway[];
  readonly options: RouteOptions;
  readonly apps: readonly FoundApp[];
}

export const addRouteGenerator: Generator<RouteInput | MachineInput> = {
  name: "add-route",
  summary: "Adds a host name to an app, or to a machine of the LAN.",
  argument: "HOST",
  argumentSummary: "host name under one of your domains; one word stands where apps have their names",
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
    ...ROUTE_FLAGS,
    ...WRITING,
  ],
  examples: [
    "gen add-route photos.ragas.cc",
    "gen add-route echo2.ragas.cc --app echo --gateway internal --yes",
    "gen add-route wiki.ragas.cc --auth forward=auth/authelia:9091/api/authz/ext-authz",
    "gen add-route photos.ragas.cc --path /api --app photos-api --timeout 5m",
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
    throw new UserError("add-route needs a host name", `gen add-route photos.${appDomain(plan)}`);
  const text =
    session.argument ??
    (await session.asker.text({
      message: "Host name",
      check: (answer) => (answer === "" ? "a host name is needed" : undefined),
    }));
  const host = hostIn(text, plan);
  const apps = await findApps(repository.root, session.catalog);
  const [gateways, options] = [gatewaysFor(plan, session), routeOptionsOf(session)];
  refuseUnable({ host, options, gateways }, plan, session.catalog);
  refuseUnknownService(options, apps);
  const common = { ...repository, host, apps, gateways, options };
  const wish = machineGiven(session);
  if (wish !== undefined) return { ...common, origin: originFor({ ...wish, ...unopened(options) }, host, plan) };
  const named = backendNamed(host, apps, session);
  if (named !== undefined) return { ...common, backend: named };
  if (!session.interactive || isOn(session, "yes")) return { ...common, backend: onlyBackend(host, apps) };
  return { ...common, ...(await askDestination(common, session)) };
}

const unopened = ({ passthrough }: RouteOptions): Pick<Wish, "unopened"> =>
  passthrough === true ? { unopened: true } : {};

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
  const { root, host, backend, findings, options, text: before } = input;
  // Read before anything is shown: a state that cannot be read is no state to add to.
  const state = readState(root);
  const held = alreadyThere(input, state);
  const written = held === undefined ? await newRoute(input, session.catalog) : undefined;
  const own = written?.changes ?? (held === undefined ? [] : await missingLine(input, held));
  const { text: after, steps } =
    written === undefined
      ? { text: before, steps: [] }
      : await letIn(await withName(before, { host, namespace: backend.app.namespace }, input), input, state, session);
  const edit = await editSpec(root, { before, after }, state, session);
  const changes = [...own, ...edit.changes];
  return {
    command: "add-route",
    changes: { changes },
    findings,
    preview: preview(input),
    question: "Write?",
    nothingToDo: `  ${askText(host, options)} → Service ${backend.app.namespace}/${backend.service}:${backend.port} is there already, nothing to do`,
    apply: async () => {
      const remembered = held === undefined ? recordWrites(input, own, state, session) : [];
      await applyChanges(root, [...writesOf({ changes }), ...remembered, ...edit.writes]);
      return {
        done: [`${askText(host, options)} written`],
        nextSteps: [
          ...(written === undefined
            ? []
            : authSteps({ host, ...options }, { name: written.name, namespace: backend.app.namespace })),
          ...steps,
          "git add, commit and push: the cluster reads the remote",
          ...digs(host, input.plan),
        ],
      };
    },
  };
}

const inputsOf = ({ host, backend, gateways, options }: RouteInput): Readonly<Record<string, unknown>> =>
  asInputs({
    host,
    app: `${backend.app.namespace}/${backend.app.name}`,
    service: backend.service,
    port: backend.port,
    gateways: gateways.map(({ name }) => name),
    ...(optionsAsked(options).length > 0 && { options: spellOptions(options) }),
  });

/** What was asked for and what came of it, so that the route can be brought up to date or removed later. */
function recordWrites(
  input: RouteInput,
  changes: readonly Change[],
  state: State,
  { version }: Session,
): readonly FileWrite[] {
  const created = changes.flatMap((change) =>
    change.kind === "create"
      ? [[change.path, { content: change.after, kept: "managed", by: "add-route" }] as const]
      : [],
  );
  const { record, texts } = recordOf({
    generator: "add-route",
    instance: instanceOf(input.host, input.options),
    version,
    inputs: inputsOf(input),
    tree: new Map(created),
  });
  return stateWrites(state, record, texts);
}

/** The same requests of the host, for the same Service on the same gateways. Anything else that has them is in the way. */
function alreadyThere(input: RouteInput, state: State): RepoPath | undefined {
  const { host, apps, backend, gateways, options } = input;
  const holder = holderOf(host, apps, askOf(options));
  if (holder === undefined) return undefined;
  const sameBackend =
    holder.app.folder === backend.app.folder && holder.backends.join() === `${backend.service}:${backend.port}`;
  const sameGateways =
    [...holder.gateways].sort().join() ===
    gateways
      .map(({ object }) => object)
      .sort()
      .join();
  if (!sameBackend || !sameGateways)
    throw new UserError(
      `${askText(host, options)} is answered already by ${holder.backends.join(", ")} on ${holder.gateways.join(", ")}: ${holder.path}`,
      "edit that file, or choose another name or --path",
    );
  const previous = state.find("add-route", instanceOf(input.host, input.options));
  if (previous !== undefined) refuseOtherWish(askText(host, options), previous, inputsOf(input), holder.path);
  else refuseUntold(input, holder.path);
  return holder.path;
}

/** Read back from any file. */
const TOLD: readonly RouteOption[] = ["path", "header", "passthrough"];

/** What a file that nobody remembers says beside its requests is not read back. */
function refuseUntold({ host, options }: RouteInput, path: RepoPath): void {
  const first = optionsAsked(options).find((option) => !TOLD.includes(option));
  if (first !== undefined)
    throw new UserError(`${askText(host, options)} is there already: ${path}`, `add --${flagOf(first)} there by hand`);
}

/** A route that was taken out of its list by hand is a file nobody reads. Below the app's folder the layout is the user's. */
async function missingLine({ root, backend }: RouteInput, held: RepoPath): Promise<readonly Change[]> {
  const { folder } = backend.app;
  const file = held.slice(folder.length + 1);
  return file.includes("/") ? [] : listing(root, folder, file);
}

function preview({ host, backend, gateways, plan, options }: RouteInput): string {
  return [
    `  ${askText(host, options)} → Service ${backend.app.namespace}/${backend.service}:${backend.port}          ${backend.because}`,
    ...optionLines(options).map((line) => `  ${line}`),
    `  ${answered(host, gateways, plan)}`,
    "",
  ].join("\n");
}
