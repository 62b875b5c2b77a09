/** Names of an app and its namespace: what Kubernetes, Helm and file systems all take, and nobody has. */
import { engineOf } from "../../src/compose/inUse.ts";
import { appOf, objectNameOf, unitFolder } from "../../src/model/layout.ts";
import type { Catalog } from "../../src/model/component.ts";
import { UserError } from "../../src/model/errors.ts";
import { parseLabel, parseRepoPath, type Label } from "../../src/model/names.ts";
import type { Plan } from "../../src/model/plan.ts";
import { unitsOf } from "../../src/plan/units.ts";
import type { FoundApp } from "../../src/repo/apps.ts";

// A release has a name of 53 characters at most (Helm documentation, helm install); a Service begins with a letter
// (Kubernetes documentation, Object Names and IDs: RFC 1035 label names).
const LONGEST = 53;

export function parseAppName(text: string): Label {
  const name = labelFor(text, `${text} is no name of an app`);
  if (name.length <= LONGEST && /^[a-z]/.test(name)) return name;
  throw new UserError(
    `${text} is no name of an app`,
    `at most ${LONGEST} lower-case letters, digits and -, a letter first: it names a release and a Service`,
  );
}

export function parseNamespace(text: string): Label {
  const namespace = labelFor(text, `${text} is no name of a namespace`);
  if (!namespace.startsWith("kube-")) return namespace;
  throw new UserError(
    `${namespace}: namespaces that begin with kube- are Kubernetes' own, and Pod Security looks away in some of them`,
    "a namespace of yours, such as default or media",
  );
}

function labelFor(text: string, message: string): Label {
  const label = parseLabel(text);
  if (label === undefined) throw new UserError(message, "lower-case letters, digits and -, such as jellyfin");
  if (parseRepoPath(text) === undefined)
    throw new UserError(`${message}: no folder can be called so on Windows`, "choose another name");
  return label;
}

/** Refuses what is taken. `own`: the app of that name was added by this command and may be asked for again. */
export function checkFree(
  { name, namespace }: { readonly name: Label; readonly namespace: Label },
  around: {
    readonly plan: Plan;
    readonly catalog: Catalog;
    readonly apps: readonly FoundApp[];
    readonly own: boolean;
    readonly files: number;
  },
): void {
  const { plan, catalog, apps, own, files } = around;
  const part = unitsOf(plan, catalog).find((unit) => appOf(unit) === name);
  if (part !== undefined)
    throw new UserError(
      `${name} is a part of this network, in kubernetes/apps/${part.namespace}/${name}`,
      "choose another name",
    );
  if (engineOf(plan, catalog).oneNamespace) checkAlone({ name, namespace }, plan, catalog, apps);
  if (!own && files > 0)
    throw new UserError(
      `kubernetes/apps/${namespace}/${name} is there already, and add-app did not write it`,
      "edit it, or choose another name",
    );
  const holder = apps.find(
    (app) => app.namespace === namespace && app.name !== name && app.services.some((service) => service.name === name),
  );
  if (holder !== undefined)
    throw new UserError(
      `${holder.name} has a Service called ${name} in the namespace ${namespace}: ${holder.folder}`,
      "choose another name or namespace",
    );
}

/** Where the engine knows apps by their name alone. */
function checkAlone(
  { name, namespace }: { readonly name: Label; readonly namespace: Label },
  plan: Plan,
  catalog: Catalog,
  apps: readonly FoundApp[],
): void {
  const { title } = engineOf(plan, catalog);
  const step = unitsOf(plan, catalog).find((unit) => objectNameOf(unit) === name);
  const other = apps.find((app) => app.name === name && app.namespace !== namespace);
  if (step === undefined && other === undefined) return;
  throw new UserError(
    `${title} knows one thing called ${name}, and it is there: ${step === undefined ? other?.folder : unitFolder(step, { root: "" })}`,
    "choose another name",
  );
}
