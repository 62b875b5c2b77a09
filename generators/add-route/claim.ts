/** The name of a new route, written down for its namespace: the cluster refuses it to all others then. */
import { gatewayNamespaces, hindrance, HOST_NAMES, mapNamespace, ownersOf } from "../../src/model/claims.ts";
import { UserError } from "../../src/model/errors.ts";
import { unitFolder } from "../../src/model/layout.ts";
import { repoPath, type Hostname } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { FoundApp } from "../../src/repo/apps.ts";
import { readFiles } from "../../src/repo/disk.ts";
import { appendToList } from "../../src/yaml/splice.ts";
import { pathBelowRoot } from "../belowRoot.ts";
import { SPEC_FILE } from "../repository.ts";

interface Named {
  readonly host: Hostname;
  readonly namespace: string;
}

interface Around {
  readonly root: string;
  readonly plan: Plan;
  readonly apps: readonly FoundApp[];
}

/**
 * `text` of homelab.yaml with the name; as it is where nobody keeps names. A name that another namespace answers is shared:
 * whoever comes later has other paths of it. Throws UserError for a name that another has and does not answer.
 */
export async function withName(
  text: string,
  { host, namespace }: Named,
  { root, plan, apps }: Around,
): Promise<string> {
  const owners = ownersOf(plan);
  if (owners.get(host)?.includes(namespace) === true || !(await keepsNames(root, plan))) return text;
  const other = gatewayNamespaces(plan).includes(namespace) ? undefined : hindrance(host, namespace, owners);
  const isAnswered = apps.some((app) => app.routes.some(({ hosts }) => hosts.includes(host)));
  if (other !== undefined && !isAnswered)
    throw new UserError(
      `${other.host === host ? host : `${host} is one of the names of ${other.host}, which`} belongs to namespace ${other.namespaces.join(" and ")}, and the cluster would refuse a route in ${namespace}`,
      `another name; or policies.names.${namespace}: [${host}] in homelab.yaml, which gives or shares it`,
    );
  return appendToList(text, SPEC_FILE, ["policies", "names", namespace], host).text;
}

/** Whoever took the map out of the repository wants no names kept. */
async function keepsNames(root: string, plan: Plan): Promise<boolean> {
  const namespace = mapNamespace(plan);
  if (namespace === undefined) return false;
  const path = pathBelowRoot(repoPath(unitFolder({ id: HOST_NAMES, namespace }, plan), "configmap.yaml"), plan);
  return (await readFiles(root, [path])).has(path);
}
