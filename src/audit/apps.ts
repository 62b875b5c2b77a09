/** Pods as apps describe them: images that move, and volumes that two pods want at once. */
import type { Finding } from "../model/finding.ts";
import { asList, asMap, at } from "../model/unknown.ts";
import type { Path } from "../yaml/stream.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { Cluster } from "./cluster.ts";
import { releasesOf, type Values } from "./releases.ts";
import { isAppTemplate } from "./services.ts";
import { asText, isSubstituted } from "./values.ts";

export const movingImage: Audit = {
  id: "IMAGE-MOVES",
  severity: "warning",
  title: "An image has no version.",
  because:
    "A pod that starts again gets whatever is newest then; Renovate has nothing to compare with, and nobody can go back.",
  source: "kubernetes.io, Images: image tags; the tag latest is used where none is written",
};

export const sharedVolume: Audit = {
  id: "VOLUME-SHARED",
  severity: "error",
  title: "A new pod starts beside the old one, and both want one volume.",
  because:
    "The volume belongs to one node at a time: the new pod waits for it and the old one waits for the new pod, without end.",
  source: "kubernetes.io, Persistent Volumes: ReadWriteOnce; Deployment: strategy RollingUpdate",
};

export function* apps(cluster: Cluster): Generator<Finding> {
  for (const { object, name, isPatched } of cluster.live) {
    const pods = POD[object.kind];
    if (pods === undefined || isPatched) continue;
    for (const list of ["containers", "initContainers"])
      for (const [index, container] of asList(at(object.value, ...pods, list)).entries()) {
        const image = asText(at(container, "image"));
        if (image !== undefined && moves(image))
          yield moving(`${object.kind} ${name}`, image, object.place([...pods, list, index, "image"], "value"));
      }
    if (object.kind === "Deployment") yield* deploymentVolumes(object, name, cluster);
  }
  for (const release of releasesOf(cluster).filter(isAppTemplate))
    for (const { value, place } of release.values) {
      for (const path of templateContainers(value)) {
        const image = at(value, ...path, "image");
        const tag = at(image, "tag");
        const text = `${asText(at(image, "repository")) ?? ""}:${String(tag ?? "")}`;
        if (at(image, "repository") !== undefined && moves(text.replace(/:$/, "")))
          yield moving(`the app ${release.name}`, text.replace(/:$/, ""), place([...path, "image"], "key"));
      }
      yield* templateVolumes(release.name, { value, place }, exclusive(cluster));
    }
}

const POD: Readonly<Record<string, readonly string[]>> = {
  Deployment: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  Pod: ["spec"],
};

/** No tag, or one that goes on to every new version; a digest stands still. */
function moves(image: string): boolean {
  if (isSubstituted(image) || image.includes("{{") || image.includes("@")) return false;
  const tag = /:([^/]*)$/.exec(image)?.[1];
  return tag === undefined || tag === "latest";
}

type Place = Parameters<typeof toFinding>[1]["places"][number];

const moving = (owner: string, image: string, place: Place): Finding =>
  toFinding(movingImage, {
    message: `${owner} runs ${image}, which is another program tomorrow`,
    places: [place],
    fix: "the version that runs now as its tag, or a digest behind it",
  });

/** Ways to mount that two pods of one app cannot both have: on one node ReadWriteOnce takes any number of pods. */
const exclusive = ({ plan }: Cluster): readonly string[] =>
  plan.nodes.length > 1 ? ["ReadWriteOnce", "ReadWriteOncePod"] : ["ReadWriteOncePod"];

function* deploymentVolumes(
  { value, place }: Cluster["live"][number]["object"],
  name: string,
  cluster: Cluster,
): Generator<Finding> {
  const once = exclusive(cluster);
  // A Deployment without a strategy rolls.
  if (at(value, "spec", "strategy", "type") === "Recreate" || at(value, "spec", "replicas") === 0) return;
  for (const [index, volume] of asList(at(value, "spec", "template", "spec", "volumes")).entries()) {
    const claim = asText(at(volume, "persistentVolumeClaim", "claimName"));
    const found = cluster.ofKind("PersistentVolumeClaim", "").find((one) => one.name === claim);
    const modes = asList(at(found?.object.value, "spec", "accessModes"));
    if (claim === undefined || modes.length === 0 || !modes.every((mode) => once.includes(String(mode)))) continue;
    yield shared(`Deployment ${name}`, claim, place(["spec", "template", "spec", "volumes", index]), "spec.strategy");
  }
}

const templateContainers = (values: unknown): readonly Path[] =>
  Object.entries(asMap(at(values, "controllers"))).flatMap(([controller, value]) =>
    ["containers", "initContainers"].flatMap((list) =>
      Object.keys(asMap(at(value, list))).map((key) => ["controllers", controller, list, key]),
    ),
  );

function* templateVolumes(
  name: string,
  { value: values, place }: Pick<Values, "value" | "place">,
  once: readonly string[],
): Generator<Finding> {
  for (const [key, controller] of Object.entries(asMap(at(values, "controllers")))) {
    if (at(controller, "strategy") !== "RollingUpdate" || (at(controller, "type") ?? "deployment") !== "deployment")
      continue;
    for (const [volume, entry] of Object.entries(asMap(at(values, "persistence")))) {
      const mounts = at(entry, "advancedMounts");
      const isClaim = at(entry, "type") === "persistentVolumeClaim" && once.includes(String(at(entry, "accessMode")));
      if (!isClaim || at(entry, "enabled") === false || (mounts !== undefined && at(mounts, key) === undefined))
        continue;
      yield shared(`the app ${name}`, volume, place(["controllers", key, "strategy"], "value"), "strategy");
    }
  }
}

const shared = (owner: string, volume: string, place: Place, field: string): Finding =>
  toFinding(sharedVolume, {
    message: `${owner} starts a new pod before the old one ends, and ${volume} goes to one node at a time`,
    places: [place],
    fix: `${field}: ${field === "strategy" ? "Recreate" : "{ type: Recreate }"}`,
  });
