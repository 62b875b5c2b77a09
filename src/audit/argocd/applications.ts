/** Applications as the audits look at them. */
import type { Instance } from "../builds.ts";
import type { Cluster } from "../cluster.ts";
import type { KubernetesObject } from "../objects.ts";
import { ARGO_GROUP } from "./names.ts";
import { sourcesOf, type Source } from "./sources.ts";

export interface Application {
  readonly instance: Instance;
  readonly object: KubernetesObject;
  readonly name: string;
  readonly sources: readonly Source[];
}

/** Those whose files say all there is to say: none that a kustomization patches. */
export const applicationsIn = ({ ofKind }: Cluster): readonly Application[] =>
  ofKind("Application", ARGO_GROUP)
    .filter(({ isPatched }) => !isPatched)
    .map((instance) => ({
      instance,
      object: instance.object,
      name: instance.name,
      sources: sourcesOf(instance.object),
    }));

/** What it puts into the cluster, as far as files show. */
export const broughtBy = ({ object }: Application, { live }: Cluster): readonly Instance[] =>
  live.filter(({ root }) => root.by === object);
