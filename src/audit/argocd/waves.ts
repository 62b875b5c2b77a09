/** Waves: what Argo CD applies first, and what it waits for before it goes on. */
import type { Finding } from "../../model/finding.ts";
import { at } from "../../model/unknown.ts";
import { toFinding, type Audit } from "../audit.ts";
import type { Cluster } from "../cluster.ts";
import type { KubernetesObject } from "../objects.ts";
import { applicationsIn, type Application } from "./applications.ts";
import { argoCdIn, settingOf } from "./engine.ts";
import { installers, neededBy } from "./kinds.ts";
import { WAVE } from "./names.ts";

export const unreadWave: Audit = {
  id: "ARGO-WAVE",
  severity: "error",
  title: "A sync wave is no whole number in quotes.",
  because:
    "Annotations are texts: a number is refused with the whole object, and a text that is no whole number means wave 0.",
  source: "kubernetes.io, Annotations; argo-cd v3.5.1, gitops-engine/pkg/sync/syncwaves/waves.go",
};

export const laterKind: Audit = {
  id: "ARGO-ORDER",
  severity: "error",
  title: "An Application comes before the one that installs the kinds of its objects.",
  because:
    "Argo CD waits for a wave before it begins the next: on a new cluster the first never becomes healthy, and the second never begins.",
  source: "argo-cd.readthedocs.io, Sync Phases and Waves",
};

export const racingKind: Audit = {
  id: "ARGO-KIND",
  severity: "warning",
  title: "An Application starts together with the one that installs the kinds of its objects, and soon gives up.",
  because:
    "What is applied first is chance. Without retry Argo CD tries five times within three minutes, and then waits for the next commit.",
  source: "argo-cd v3.5.1, controller/appcontroller.go: autoSync, RetryStrategy{Limit: 5}",
};

export const unmetHealth: Audit = {
  id: "ARGO-HEALTH",
  severity: "warning",
  title: "Applications have waves, and Argo CD is not told when one of them is done.",
  because:
    "A wave waits for what its Applications say of their health: without a check of health and sync the next one begins at once, and what needs the one before it fails.",
  source:
    "argo-cd.readthedocs.io, Resource Health, Argocd App; github.com/argoproj/argo-cd/issues/27917: healthy before it is synced",
};

export function* waves(cluster: Cluster): Generator<Finding> {
  for (const { object, name, isPatched } of cluster.live) if (!isPatched) yield* unread(object, name);
  const applications = applicationsIn(cluster);
  yield* contradictions(applications, cluster);
  yield* health(applications, cluster);
}

const written = ({ value }: KubernetesObject): unknown => at(value, "metadata", "annotations", WAVE);

function* unread(object: KubernetesObject, name: string): Generator<Finding> {
  const wave = written(object);
  if (wave === undefined || wave === null || (typeof wave === "string" && /^[-+]?\d+$/.test(wave))) return;
  const whole = Number.isFinite(Number(wave)) ? String(Math.round(Number(wave))) : "0";
  yield toFinding(unreadWave, {
    message:
      typeof wave === "string"
        ? `${object.kind} ${name} has the wave ${wave}, which is no whole number and counts as 0`
        : `${object.kind} ${name} has the wave ${String(wave)} without quotes, and no object may have a number there`,
    places: [object.place(["metadata", "annotations", WAVE], "value")],
    fix: `"${whole}", in quotes`,
  });
}

const waveOf = ({ object }: Application): number => {
  const wave = Number(written(object) ?? 0);
  return Number.isInteger(wave) ? wave : 0;
};

function* contradictions(applications: readonly Application[], cluster: Cluster): Generator<Finding> {
  const installedBy = installers(cluster);
  const all = applications.map((application) => ({ application, installs: installedBy(application) }));
  for (const { application, installs } of all) {
    // Waves order what one Application applies, and nothing else.
    const siblings = all.filter(
      (other) =>
        other.application !== application && other.application.instance.root.by === application.instance.root.by,
    );
    const told = new Set<Application>();
    for (const { object } of neededBy(application, cluster)) {
      const makers = siblings.filter((other) => other.installs(object)).map((other) => other.application);
      const [maker] = makers.sort((a, b) => waveOf(a) - waveOf(b));
      if (maker === undefined || installs(object) || told.has(maker)) continue;
      told.add(maker);
      yield* contradiction(application, maker, object);
    }
  }
}

function* contradiction(first: Application, second: Application, needed: KubernetesObject): Generator<Finding> {
  const [own, other] = [waveOf(first), waveOf(second)];
  const retries = at(first.object.value, "spec", "syncPolicy", "retry", "limit");
  const isPatient = retries !== undefined && retries !== 0;
  if (other < own || (own === other && isPatient)) return;
  const places = [first, second].map(placeOf);
  yield own < other
    ? toFinding(laterKind, {
        message: `Application ${first.name} has a ${needed.kind} in wave ${own}, and ${second.name} installs that kind in wave ${other}`,
        places,
        fix: `a wave before ${own} for ${second.name}, or one after ${other} for ${first.name}`,
      })
    : toFinding(racingKind, {
        message: `Application ${first.name} has a ${needed.kind}, and ${second.name} installs that kind in the same wave`,
        places,
        fix: `wave "${own - 1}" for ${second.name}, or syncPolicy.retry with limit: -1 for ${first.name}`,
      });
}

const placeOf = ({ object }: Application) =>
  object.place(["metadata", ...(written(object) === undefined ? ["name"] : ["annotations", WAVE])], "value");

const CUSTOMIZATION = "resource.customizations.health.argoproj.io_Application";

function* health(applications: readonly Application[], cluster: Cluster): Generator<Finding> {
  const release = argoCdIn(cluster);
  const numbers = new Set(applications.map(waveOf));
  if (release === undefined || !release.isWhole || numbers.size < 2) return;
  if (settingOf(release, "resource.customizations")?.includes("argoproj.io/Application") === true) return;
  const script = settingOf(release, CUSTOMIZATION);
  // Since 3.4 an Application with objects that could not be made is called healthy.
  if (script !== undefined && /\bsync\b/.test(script)) return;
  const values = release.values.find(({ value }) => at(value, "configs", "cm") !== undefined);
  yield toFinding(unmetHealth, {
    message:
      script === undefined
        ? `Applications have ${numbers.size} waves, and configs.cm of the release ${release.name} has no health check for them`
        : `the health check for Applications does not look whether they are synced, so one that lacks objects passes for healthy`,
    places: [
      values === undefined
        ? release.instance.object.place(["metadata", "name"], "value")
        : values.place(["configs", "cm", ...(script === undefined ? [] : [CUSTOMIZATION])], "key"),
    ],
    fix: `${CUSTOMIZATION} as the repository had it when it was made (git log), or as in the documentation of Argo CD, with a test of obj.status.sync.status`,
  });
}
