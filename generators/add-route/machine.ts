/** A name for a machine of the LAN: its address in homelab.yaml, and the objects a gateway finds it by. */
import type { Catalog } from "../../src/model/component.ts";
import type { NewApp, NewRoute } from "../../src/compose/newApp/app.ts";
import { UserError } from "../../src/model/errors.ts";
import { parseLabel, type Hostname, type Label } from "../../src/model/names.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import { askOf, type RouteOptions } from "../../src/model/routeOptions.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { listFiles, readFiles } from "../../src/repo/disk.ts";
import { readState } from "../../src/repo/state.ts";
import { writesOf } from "../../src/repo/writes.ts";
import { setInSpec } from "../../src/spec/setInSpec.ts";
import { refuseOtherWish } from "../again.ts";
import { appChanges, folderOf } from "../appChanges.ts";
import type { Prepared, Session } from "../generator.ts";
import { SPEC_FILE, type OpenRepository } from "../repository.ts";
import { editSpec } from "../specEdit.ts";
import { answered, digs } from "./answered.ts";
import { authSteps } from "./auth.ts";
import { withName } from "./claim.ts";
import { holderOf } from "./host.ts";
import { inputsOf, NAMESPACE, withMachine } from "./machineApp.ts";
import { refuseMixed } from "./mixed.ts";
import { instanceOf } from "./newRoute.ts";
import type { Origin } from "./origin.ts";
import { askText, optionLines } from "./told.ts";

export interface MachineInput extends OpenRepository {
  readonly host: Hostname;
  readonly origin: Origin;
  readonly gateways: readonly Gateway[];
  readonly options: RouteOptions;
  readonly apps: readonly FoundApp[];
}

const GENERATOR = "add-route";

export async function prepareMachine(input: MachineInput, session: Session): Promise<Prepared> {
  const { root, host, origin, gateways, apps, options } = input;
  const { tls } = origin.source;
  const impossible = impossibleFor(gateways, tls, session.catalog);
  if (impossible !== undefined) throw new UserError(impossible.message, impossible.hint);
  const state = readState(root);
  const [ask, instance] = [askOf(options), instanceOf(host, options)];
  const record = state.find(GENERATOR, instance);
  const name = appName(host, ask, record?.inputs["app"], apps);
  const folder = folderOf({ name, namespace: NAMESPACE }, input.plan);
  const previous = (await listFiles(root, folder)).length > 0 ? record : undefined;
  const holder = holderOf(host, apps, ask);
  if (holder !== undefined && previous === undefined)
    throw new UserError(
      `${askText(host, options)} is answered already by ${holder.backends.join(", ")} on ${holder.gateways.join(", ")}: ${holder.path}`,
      "edit that file, or choose another name or --path",
    );
  const route: NewRoute = {
    ...options,
    host,
    service: name,
    port: origin.source.port,
    gateways: gateways.map((gateway) => gateway.name),
  };
  refuseMixed(
    { ...route, name, namespace: NAMESPACE },
    previous === undefined ? apps : [],
    input.plan,
    session.catalog,
  );
  const app: NewApp = { name, namespace: NAMESPACE, source: origin.source, route };
  const inputs = inputsOf(app, origin);
  if (previous !== undefined)
    refuseOtherWish(askText(host, options), { inputs: withMachine(previous.inputs, input.plan) }, inputs, folder);

  const before = (await readFiles(root, [SPEC_FILE])).get(SPEC_FILE) ?? "";
  const known = origin.isNew
    ? setInSpec(before, SPEC_FILE, `lan.hosts.${origin.name}`, origin.source.address, session.catalog)
    : before;
  const after = previous === undefined ? await withName(known, { host, namespace: NAMESPACE }, input) : known;
  const edit = await editSpec(root, { before, after }, state, session);
  const own = await appChanges(
    app,
    { generator: GENERATOR, instance, inputs },
    { ...input, plan: edit.plan, state, previous, managedBy: GENERATOR },
    session,
  );
  const changes = [...edit.changes, ...own.changes].sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    command: GENERATOR,
    changes: { changes },
    findings: edit.findings,
    preview: preview(input),
    question: "Write?",
    nothingToDo: `  ${askText(host, options)} → ${origin.shown} is there already, nothing to do`,
    apply: async () => {
      await applyChanges(root, [...writesOf({ changes }), ...edit.writes, ...own.writes]);
      return {
        done: [`${askText(host, options)} written to ${folder}`],
        nextSteps: [
          ...authSteps({ host, ...options }, app),
          "git add, commit and push: the cluster reads the remote",
          ...digs(host, edit.plan),
        ],
      };
    },
  };
}

const LONGEST = 53;
const MOST = 9;

/** The first label, or the whole name where another domain has an app of that label. */
function appName(host: Hostname, ask: string, recorded: unknown, apps: readonly FoundApp[]): Label {
  const taken = new Set(apps.filter(({ namespace }) => namespace === NAMESPACE).map(({ name }) => name));
  const before =
    typeof recorded === "string" && recorded.startsWith(`${NAMESPACE}/`) ? recorded.slice(NAMESPACE.length + 1) : "";
  const part = ask.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
  const called = (text: string): string => `${text}${part}`.slice(0, LONGEST).replace(/-+$/, "");
  const [short, long] = [called(host.split(".")[0] ?? ""), called(host.replaceAll(".", "-"))];
  const numbered = Array.from({ length: MOST - 1 }, (_, index) => `${long}-${index + 2}`);
  const name = [before, ...[short, long, ...numbered].filter((one) => !taken.has(one))]
    .map(parseLabel)
    .find((label) => label !== undefined && /^[a-z]/.test(label));
  if (name !== undefined) return name;
  throw new UserError(`${host} begins with a digit, and the name of a Service may not`, "choose another name");
}

/** What no gateway can do, with what to do instead. */
export function impossibleFor(
  gateways: readonly Gateway[],
  tls: Origin["source"]["tls"],
  catalog: Catalog,
): { readonly message: string; readonly hint: string } | undefined {
  const makers = [...new Set(gateways.map(({ component }) => component))];
  if (makers.length > 1)
    return {
      message: `${gateways.map(({ object }) => object).join(" and ")} are gateways of several makers, and each leads to a machine in its own way`,
      hint: "one run for each: --gateway NAME",
    };
  const maker = catalog.components.find(({ id }) => id === makers[0]);
  const plain = maker?.gateways?.onlyPlainOrigins;
  if (tls !== undefined && plain !== undefined)
    return {
      message: `${maker?.title ?? "the gateway"} reaches machines by http alone: ${plain}`,
      hint: "http:// where the machine answers it, or a name in dns.records that leads past the gateway (gen add-record)",
    };
  const unverified = maker?.gateways?.onlyUnverifiedOrigins;
  if (tls?.name !== undefined && unverified !== undefined)
    return {
      message: `${maker?.title ?? "the gateway"} checks no certificate here: ${unverified}`,
      hint: "--tls-skip-verify, or http:// where the machine answers it",
    };
  if (tls === undefined || tls.name !== undefined || maker?.gateways?.unverified !== undefined) return undefined;
  return {
    message: `${maker?.title ?? "the gateway"} checks every certificate`,
    hint: "--tls-name NAME with a certificate of a public authority on the machine, or http://",
  };
}

function preview({ host, origin, gateways, plan, options }: MachineInput): string {
  const { source, name, isNew, shown } = origin;
  const { tls } = source;
  const certificate =
    tls === undefined
      ? ""
      : tls.name === undefined
        ? ", its certificate not checked"
        : `, its certificate checked for ${tls.name}`;
  return [
    `  ${askText(host, options)} → ${shown} (${source.address})${certificate}`,
    ...(isNew ? [`  ${name} is new in lan.hosts of homelab.yaml`] : []),
    ...optionLines(options).map((line) => `  ${line}`),
    `  ${answered(host, gateways, plan)}`,
    "",
  ].join("\n");
}
