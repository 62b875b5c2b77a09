/** The list of namespaces, and in each namespace the list of its apps. An app that is not listed is not installed. */
import type { App } from "../../model/component.ts";
import { appsFolder, namespaceFolder } from "../../model/layout.ts";
import { repoPath } from "../../model/names.ts";
import type { Plan } from "../../model/plan.ts";
import type { Registration } from "../../model/registration.ts";
import { KUSTOMIZE, relative } from "./names.ts";

const LIST = "kustomization.yaml";

export const register = ({ namespace, name }: Pick<App, "namespace" | "name">, plan: Plan): readonly Registration[] => [
  { file: repoPath(appsFolder(plan), LIST), list: "resources", item: relative(namespace), head: KUSTOMIZE },
  inNamespace(namespace, `${name}/ks.yaml`, plan),
];

export const registerNamespace = (namespace: string, plan: Plan): readonly Registration[] => [
  inNamespace(namespace, "namespace.yaml", plan),
];

const inNamespace = (namespace: string, file: string, plan: Plan): Registration => ({
  file: repoPath(namespaceFolder(namespace, plan), LIST),
  list: "resources",
  item: relative(file),
  head: { ...KUSTOMIZE, namespace },
});
