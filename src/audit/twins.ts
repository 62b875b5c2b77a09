/** Objects that two files declare. */
import type { Finding } from "../model/finding.ts";
import { toFinding, type Audit } from "./audit.ts";
import type { Instance } from "./builds.ts";
import type { Cluster } from "./cluster.ts";
import { grouped, isSubstituted } from "./values.ts";

export const twoObjects: Audit = {
  id: "OBJECT-TWICE",
  severity: "error",
  title: "Two files declare one object.",
  because: "Whoever applies it last wins, the other one puts it back, and so on without end.",
  source:
    'fluxcd.io/flux/components/kustomize/kustomizations, "conflict"; argo-cd v3.5.1, SharedResourceWarning; kubernetes.io, server-side apply',
};

export function* twins({ live }: Cluster): Generator<Finding> {
  for (const same of grouped(live.filter(isTold), keyOf).values()) {
    const [first, second] = same;
    if (first === undefined || second === undefined) continue;
    const places = [
      ...new Map(same.map(({ object }) => [object, object.place(["metadata", "name"], "value")])).values(),
    ];
    const { kind } = first.object;
    const shown = first.namespace === undefined ? first.name : `${first.namespace}/${first.name}`;
    yield toFinding(twoObjects, {
      message:
        places.length > 1
          ? `${kind} ${shown} is declared in ${places.length} places`
          : `${kind} ${shown} is applied ${same.length} times, ${from(same)}`,
      places,
      fix:
        places.length > 1 ? "keep one of them, or give the other another name" : "have it applied by one of them only",
    });
  }
}

/** As the end of a sentence: the folders it comes from, or who applies the one folder. */
function from(same: readonly Instance[]): string {
  const folders = new Set(same.map(({ root }) => root.folder || "."));
  const appliers = new Set(
    same.flatMap(({ root }) => (root.by === undefined ? [] : `${root.by.kind} ${root.by.name}`)),
  );
  return folders.size === 1 && appliers.size > 1
    ? `by ${[...appliers].join(" and ")}`
    : `from ${[...folders].join(" and ")}`;
}

const isTold = ({ name, isPatched }: Instance): boolean => name !== "" && !isSubstituted(name) && !isPatched;

const keyOf = ({ object, namespace, name }: Instance): string =>
  [object.group, object.kind, namespace ?? "", name].join("\n");
