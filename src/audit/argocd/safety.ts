/** What takes more away than anybody meant, and what Argo CD cannot do with itself. */
import { chosenIn } from "../../model/chosen.ts";
import type { Finding } from "../../model/finding.ts";
import { at } from "../../model/unknown.ts";
import { compareLines } from "../../model/version.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import { isOfPin, valueOf } from "../releases.ts";
import { asText, asTexts } from "../values.ts";
import { applicationsIn, broughtBy, type Application } from "./applications.ts";
import { argoCdIn } from "./engine.ts";
import { isApplication, SERVER_SIDE, SYNC_OPTIONS } from "./names.ts";
import { chartOf } from "./releases.ts";

export const emptied: Audit = {
  id: "ARGO-EMPTY",
  severity: "warning",
  title: "An Application may delete everything it has.",
  because:
    "A folder that is moved, or a path with a slip in it, has no objects: with prune and allowEmpty all of them are deleted in the cluster.",
  source: "argo-cd.readthedocs.io, Automated Sync Policy: Automatic Pruning with Allow-Empty",
};

export const cascading: Audit = {
  id: "ARGO-CASCADE",
  severity: "warning",
  title: "Deleting an Application would take the cluster with it.",
  because:
    "With this finalizer Argo CD deletes what the Application has before the Application itself, and in it is what everything else stands on.",
  source: "argo-cd.readthedocs.io, App Deletion: About The Deletion Finalizer",
};

export const clientSide: Audit = {
  id: "ARGO-APPLY",
  severity: "error",
  title: "Argo CD manages itself without server-side apply.",
  because:
    "Since 3.3 the definition of ApplicationSets is larger than the annotation that is written otherwise: the sync fails, and no upgrade arrives.",
  source:
    "argo-cd.readthedocs.io, v3.2 to 3.3; argoproj/argo-helm, charts/argo-cd/values.yaml: crds.annotations, since 9.4.12",
};

export function* safety(cluster: Cluster): Generator<Finding> {
  for (const application of applicationsIn(cluster)) {
    yield* mayEmpty(application);
    yield* cascade(application, cluster);
  }
  yield* itself(cluster);
}

function* mayEmpty({ object, name }: Application): Generator<Finding> {
  const automated = at(object.value, "spec", "syncPolicy", "automated");
  if (at(automated, "prune") !== true || at(automated, "allowEmpty") !== true) return;
  yield toFinding(emptied, {
    message: `Application ${name} prunes and may be empty`,
    places: [object.place(["spec", "syncPolicy", "automated", "allowEmpty"], "key")],
    fix: "remove allowEmpty; an Application that is to go is deleted with its file",
  });
}

const FINALIZER = "resources-finalizer.argocd.argoproj.io";

function* cascade(application: Application, cluster: Cluster): Generator<Finding> {
  const finalizers = asTexts(at(application.object.value, "metadata", "finalizers"));
  const index = finalizers.findIndex((text) => text.startsWith(FINALIZER));
  const what = index < 0 ? undefined : bearing(application, cluster);
  if (what === undefined) return;
  yield toFinding(cascading, {
    message: `Whoever deletes Application ${application.name} deletes ${what}`,
    places: [application.object.place(["metadata", "finalizers", index], "value")],
    fix: `remove ${finalizers[index] ?? FINALIZER} from it`,
  });
}

/** What everything else stands on, as the end of a sentence. */
function bearing(application: Application, cluster: Cluster): string | undefined {
  const brought = broughtBy(application, cluster);
  if (argoCdIn(cluster)?.instance === application.instance) return "Argo CD itself";
  const pods = chosenIn(cluster.plan, "cni").find(({ component, ...chosen }) =>
    component
      .units(cluster.plan, chosen.options, { component, ...chosen })
      .some(({ release }) => application.sources.some((source) => isPinned(source, release?.chart, cluster))),
  );
  if (pods !== undefined) return `${pods.component.title}, and with it the network of all pods`;
  if (brought.some(({ object }) => isApplication(object))) return "all Applications it applies";
  const namespace = brought.find(
    ({ object, isPatched }) =>
      object.kind === "Namespace" && object.group === "" && !isPatched && !isKept(object.value),
  );
  return namespace === undefined ? undefined : `namespace ${namespace.name} with all that is in it`;
}

function isPinned(source: Application["sources"][number], id: string | undefined, { plan }: Cluster): boolean {
  const pin = id === undefined ? undefined : plan.pins.get(id);
  return pin !== undefined && isOfPin(chartOf(source), pin);
}

const isKept = (value: unknown): boolean =>
  asText(at(value, "metadata", "annotations", SYNC_OPTIONS))?.includes("Delete=false") === true;

function* itself(cluster: Cluster): Generator<Finding> {
  const release = argoCdIn(cluster);
  if (release === undefined || release.instance.isPatched || !release.isWhole) return;
  const { object, name } = release.instance;
  const options = asTexts(at(object.value, "spec", "syncPolicy", "syncOptions"));
  if (options.includes(SERVER_SIDE) || valueOf(release, "crds", "install") === false) return;
  const version = release.chart?.version;
  const isAnnotated = version !== undefined && compareLines(version, "9.4.12") >= 0;
  const annotations = valueOf(release, "crds", "annotations");
  const said = at(annotations, SYNC_OPTIONS);
  const isLeft = annotations !== null && (said === undefined ? isAnnotated : String(said).includes(SERVER_SIDE));
  if (isLeft) return;
  yield toFinding(clientSide, {
    message: `Application ${name} installs Argo CD, and neither it nor the chart asks for ${SERVER_SIDE}`,
    places: [object.place(["spec", "syncPolicy", "syncOptions"], "key")],
    fix: `- ${SERVER_SIDE} in spec.syncPolicy.syncOptions`,
  });
}
