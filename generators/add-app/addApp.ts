/** `gen add-app NAME`: an app with all that belongs to it, registered where the engine looks. */
import type { NewApp } from "../../src/compose/newApp/app.ts";
import type { Gateway } from "../../src/model/gateway.ts";
import { findApps, type FoundApp } from "../../src/repo/apps.ts";
import { applyChanges } from "../../src/repo/apply.ts";
import { listFiles } from "../../src/repo/disk.ts";
import type { GeneratorRecord } from "../../src/repo/record.ts";
import { readState, type State } from "../../src/repo/state.ts";
import { writesOf } from "../../src/repo/writes.ts";
import { digs } from "../add-route/answered.ts";
import { authSteps } from "../add-route/auth.ts";
import { withName } from "../add-route/claim.ts";
import { asInputs, refuseOtherWish } from "../again.ts";
import { appChanges, folderOf, isNew } from "../appChanges.ts";
import type { Generator, Prepared, Session } from "../generator.ts";
import { openRepository, type OpenRepository } from "../repository.ts";
import { inOne } from "../pending.ts";
import { editSpec } from "../specEdit.ts";
import { answersFor } from "./answers.ts";
import { closingFor, closingLines, closingSteps, refuseClosing, withClosing, type Closing } from "./closing.ts";
import { FLAGS } from "./flags.ts";
import { checkFree, parseAppName, parseNamespace } from "./name.ts";
import { podLevelLines, podLevelOf } from "./podLevel.ts";
import { preview } from "./preview.ts";
import { routeOf } from "./route.ts";
import { sourceOf } from "./source.ts";

const COMMAND = "add-app";

export interface AppInput extends OpenRepository {
  readonly app: NewApp;
  readonly apps: readonly FoundApp[];
  readonly gateways: readonly Gateway[];
  readonly newNamespace: boolean;
  readonly podLevel: unknown;
  readonly closing: Closing;
  readonly state: State;
  /** The run that added it before, while its files are there. */
  readonly previous: GeneratorRecord | undefined;
}

export const addAppGenerator: Generator<AppInput> = {
  name: COMMAND,
  summary: "Adds an app: an image, a Helm chart or plain objects.",
  argument: "NAME",
  argumentSummary: "name of the app, its release and its Service",
  flags: FLAGS,
  examples: [
    "gen add-app jellyfin --image ghcr.io/jellyfin/jellyfin:10.11.3 --port 8096 --namespace media --route jellyfin.ragas.cc --volume /config=5Gi",
    "gen add-app podinfo --chart oci://ghcr.io/stefanprodan/charts/podinfo --chart-version 6.9.2 --port 9898 --namespace default",
    "gen add-app whoami --manifests --image docker.io/traefik/whoami:v1.11 --port 8080 --namespace default --run-as 65534",
  ],
  collect,
  prepare,
};

async function collect(session: Session): Promise<AppInput> {
  const repository = await openRepository(session);
  const { root, plan } = repository;
  const answers = await answersFor(session, plan);
  const [name, namespace] = [parseAppName(answers.get("name") ?? ""), parseNamespace(answers.get("namespace") ?? "")];
  const apps = await findApps(root, session.catalog);
  // Read before anything is shown: a state that cannot be read is no state to add to.
  const state = readState(root);
  const record = state.find(COMMAND, instanceOf({ name, namespace }));
  const files = await listFiles(root, folderOf({ name, namespace }, plan));
  const previous = files.length > 0 ? record : undefined;
  checkFree(
    { name, namespace },
    { plan, catalog: session.catalog, apps, own: previous !== undefined, files: files.length },
  );
  const found = routeOf(answers, { plan, apps, name, namespace }, session);
  const source = sourceOf(answers, { name, namespace }, plan, session);
  const app: NewApp = { name, namespace, source, ...(found !== undefined && { route: found.route }) };
  const newNamespace = await isNew(app, { root, plan, previous });
  const around = { app, newNamespace, plan, apps, state, isThere: previous !== undefined };
  return {
    ...repository,
    app,
    apps,
    gateways: found?.gateways ?? [],
    newNamespace,
    podLevel: await podLevelOf(namespace, root, plan),
    closing: await closingFor(around, session),
    state,
    previous,
  };
}

type Named = Pick<NewApp, "name" | "namespace">;

// Neither name has a dot, so two apps never share a record.
const instanceOf = ({ name, namespace }: Named): string => `${namespace}.${name}`;

async function prepare(input: AppInput, session: Session): Promise<Prepared> {
  const { root, text: before, app, closing, previous, state } = input;
  const inputs = asInputs(app);
  const folder = folderOf(app, input.plan);
  if (previous !== undefined) refuseOtherWish(`${app.namespace}/${app.name}`, previous, inputs, folder);
  const remembered = { generator: COMMAND, instance: instanceOf(app), inputs };
  // First the network, as `gen set` and `gen allow` would leave it, then the app in it: one change, all or nothing.
  const closed = withClosing(before, closing, input, session);
  const after =
    previous !== undefined || app.route === undefined
      ? closed
      : await withName(closed, { host: app.route.host, namespace: app.namespace }, input);
  const edit = await editSpec(root, { before, after }, state, session);
  const { plan } = edit;
  refuseClosing(closing, plan, state);
  const own = await appChanges(app, remembered, { ...input, plan, pending: edit.changes }, session);
  const changes = inOne(edit.changes, own.changes);
  return {
    command: COMMAND,
    changes: { changes },
    findings: edit.findings,
    preview: preview(
      {
        ...input,
        plan,
        pods: podLevelLines(app, input.podLevel),
        policies: closingLines(closing, app.namespace, plan),
      },
      session.catalog,
    ),
    question: "Write?",
    nothingToDo: `  ${app.namespace}/${app.name} is there already, nothing to do`,
    apply: async () => {
      await applyChanges(root, [...writesOf({ changes }), ...edit.writes, ...own.writes]);
      return { done: [`${app.name} written to ${folder}`], nextSteps: nextSteps({ ...input, plan }, folder) };
    },
  };
}

function nextSteps({ app, closing, plan }: AppInput, folder: string): readonly string[] {
  const { source, namespace, route } = app;
  const secrets = "container" in source ? source.container.secrets : [];
  return [
    ...(source.kind === "chart" ? [`write what you want otherwise into ${folder}/app/values.yaml`] : []),
    ...secrets.map((secret) => `make the Secret ${secret} in the namespace ${namespace}: the pod waits for it`),
    ...(route === undefined ? [] : authSteps(route, app)),
    ...closingSteps(closing, app, plan),
    "git add, commit and push: the cluster reads the remote",
    ...(route === undefined ? [] : digs(route.host, plan)),
  ];
}
