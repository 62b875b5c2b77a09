/** kubectl, helm and git as the guide and the bootstrap scripts call them. What nobody calls is an error, not a guess. */
import { asMap } from "../../../src/model/unknown.ts";
import { plainly, kustomized, standing, type Files } from "./build.ts";
import type { Cluster } from "./model.ts";
import { jsonpath } from "./jsonpath.ts";
import { keyOf, resourceOf, type LiveObject } from "./objects.ts";

export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  readonly input: string;
}

export interface Answer {
  readonly code: number;
  readonly text: string;
}

/** What is on the disk of whoever follows the guide. */
export interface Desk {
  /** As git has them, and as they are called in the folder of homelab.yaml. */
  readonly files: Files;
  readonly local: Files;
  readonly endpoint: string;
}

const fine = (text = ""): Answer => ({ code: 0, text });
const no = (text: string): Answer => ({ code: 1, text });

export function answer({ program, args, input }: Call, cluster: Cluster, desk: Desk): Answer {
  const command = parse(args);
  const [verb = ""] = command.words;
  if (program === "git") return git(verb, cluster, desk);
  if (program === "helm") return helm(command, cluster);
  const call = VERBS[verb];
  if (call === undefined) throw new Error(`nobody has told what kubectl ${args.join(" ")} does`);
  return call(command, cluster, { ...desk, input });
}

interface Command {
  readonly words: readonly string[];
  readonly flags: ReadonlyMap<string, string>;
}

const SWITCHES = [
  "all",
  "all-namespaces",
  "overwrite",
  "server-side",
  "force-conflicts",
  "ignore-not-found",
  "minify",
  "install",
  "wait",
  "take-ownership",
  "quiet",
  "oneline",
];

function parse(args: readonly string[]): Command {
  const words: string[] = [];
  const flags = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const [, name = "", value] = /^--([a-z-]+)(?:=([^]*))?$/.exec(args[index] ?? "") ?? [];
    if (name === "") words.push(args[index] ?? "");
    else flags.set(name, value ?? (SWITCHES.includes(name) ? "" : (args[++index] ?? "")));
  }
  return { words, flags };
}

type Verb = (command: Command, cluster: Cluster, desk: Desk & { readonly input: string }) => Answer;

const VERBS: Readonly<Record<string, Verb>> = {
  config: (_, __, { endpoint }) => fine(endpoint),
  "api-resources": (_, cluster) => fine(lines([...new Set(cluster.all().map(resourceOf))])),
  get,
  wait,
  scale: ({ words: [, kind = "", ...names], flags }, cluster) => {
    for (const object of named(cluster, kind, names, flags))
      object.spec = { ...object.spec, replicas: Number(flags.get("replicas")) };
    return fine();
  },
  annotate: ({ words: [, kind = "", ...rest], flags }, cluster) => {
    const isEdit = (word: string) => /^[\w.-]+\/[\w-]+(=|-$)/.test(word);
    const edits = rest.filter(isEdit);
    for (const object of named(
      cluster,
      kind,
      rest.filter((word) => !isEdit(word)),
      flags,
    ))
      for (const edit of edits) object.annotations = annotated(object.annotations, edit);
    return fine();
  },
  patch: ({ words: [, kind = "", ...names], flags }, cluster) => {
    const { finalizers, ...others } = asMap(asMap(JSON.parse(flags.get("patch") ?? "null"))["metadata"]);
    if (finalizers !== null || Object.keys(others).length > 0) throw new Error("only finalizers are taken off");
    for (const object of named(cluster, kind, names, flags)) cluster.setFinalizers(object, []);
    return fine();
  },
  delete: ({ words: [, kinds = "", ...names], flags }, cluster) => {
    for (const kind of kinds.split(","))
      for (const object of named(cluster, kind, names, flags)) cluster.remove(keyOf(object));
    cluster.settle();
    const stuck = cluster.all().filter(({ isDeleting }) => isDeleting);
    return stuck.length === 0 ? fine() : no(`waits for ever: ${stuck.map(keyOf).join(", ")}`);
  },
  apply: ({ flags }, cluster, { local, input }) => {
    const [file, folder] = [flags.get("filename"), flags.get("kustomize")];
    const objects =
      folder !== undefined
        ? kustomized(local, folder)
        : file === "-"
          ? plainly([["-", input]])
          : plainly(below(file ?? "", local));
    for (const object of objects) cluster.apply(standing(object, flags.get("namespace") ?? "default"));
    return fine();
  },
};

const below = (file: string, files: Files) =>
  [...files].filter(([path]) => path === file || (path.startsWith(`${file}/`) && /\.ya?ml$/.test(path)));

function annotated(annotations: LiveObject["annotations"], edit: string): LiveObject["annotations"] {
  const [key = "", value] = edit.split("=");
  if (value !== undefined) return { ...annotations, [key]: value };
  return Object.fromEntries(Object.entries(annotations).filter(([other]) => `${other}-` !== edit));
}

const ALIASES: Readonly<Record<string, string>> = {
  deployment: "deployments.apps",
  statefulset: "statefulsets.apps",
  clusterroles: "clusterroles.rbac.authorization.k8s.io",
  clusterrolebindings: "clusterrolebindings.rbac.authorization.k8s.io",
  customresourcedefinitions: "customresourcedefinitions.apiextensions.k8s.io",
  deployments: "deployments.apps",
  namespace: "namespaces",
  secret: "secrets",
  "application.argoproj.io": "applications.argoproj.io",
  fluxinstance: "fluxinstances.fluxcd.controlplane.io",
};

const NOWHERE = ["namespaces", "customresourcedefinitions.apiextensions.k8s.io"];

/** Those that a command names, by name, by label or all. */
function named(
  cluster: Cluster,
  word: string,
  names: readonly string[],
  flags: Command["flags"],
): readonly LiveObject[] {
  const [kind = "", name] = word.split("/");
  const resource = ALIASES[kind] ?? kind;
  const wanted = name === undefined ? names : [name];
  const selector = (flags.get("selector") ?? "")
    .split(",")
    .filter((term) => term !== "")
    .map((term) => term.split("="));
  const isIn = ({ namespace }: LiveObject) =>
    flags.has("all-namespaces") || namespace === "" || namespace === (flags.get("namespace") ?? "default");
  const own = cluster
    .all()
    .filter((object) => resourceOf(object) === resource && (NOWHERE.includes(resource) || isIn(object)));
  if (wanted.length === 0)
    return own.filter(({ labels }) => selector.every(([key = "", value]) => labels[key] === value));
  return wanted.map((called) => {
    const found = own.find((object) => object.name === called);
    if (found === undefined) throw new Missing(`${resource} ${called} is not found`);
    return found;
  });
}

export class Missing extends Error {}

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");

function get({ words: [, kinds = "", ...names], flags }: Command, cluster: Cluster): Answer {
  if (kinds === "nodes") return fine("node/one\n");
  if (kinds === "pods") return fine();
  const objects = kinds.split(",").flatMap((kind) => named(cluster, kind, names, flags));
  const [form = "", path] = (flags.get("output") ?? "name").split(/=(.*)/s);
  if (form === "name") return fine(lines(objects.map((object) => `${resourceOf(object)}/${object.name}`)));
  return fine(jsonpath(path ?? "", objects, names.length > 0));
}

function wait({ words: [, kind = "", ...names], flags }: Command, cluster: Cluster): Answer {
  cluster.settle();
  const state = flags.get("for") ?? "";
  // Pods are gone as soon as nobody wants any.
  if (kind === "pods" || state === "condition=Established") return fine();
  const late = named(cluster, kind, names, flags).filter(({ status, isDeleting }) => !status.isReady || isDeleting);
  return late.length === 0 ? fine() : no(`timed out: ${late.map(keyOf).join(", ")}`);
}

function helm({ words: [verb, name = ""], flags }: Command, cluster: Cluster): Answer {
  const namespace = flags.get("namespace") ?? "";
  if (verb === "status")
    return cluster.releases.has(`${namespace}/${name}`) ? fine("STATUS: deployed\n") : no("not found");
  if (verb === "upgrade") cluster.install(namespace, name);
  else if (verb === "uninstall") cluster.uninstall(namespace, name);
  else throw new Error(`nobody has told what helm ${verb} does`);
  return fine();
}

function git(verb: string, cluster: Cluster, { files }: Desk): Answer {
  if (verb === "push") cluster.pushed = files;
  return fine();
}
