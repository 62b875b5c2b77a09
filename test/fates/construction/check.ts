/**
 * Checks over what is emitted, for mistakes that cannot come out of the templates: what Kubernetes, Talos and the charts
 * will read, with nothing known of the plan it was made from.
 */
import { contains, parseCidr, parseIp } from "../../../src/model/address.ts";
import type { KubernetesObject } from "../../../src/model/unit.ts";
import { asMap, isMap, type Mapping } from "../../../src/model/unknown.ts";
import { readDocuments } from "../../../src/yaml/documents.ts";
import { readStream, type Stream } from "../../../src/yaml/stream.ts";

/** Text by path from the root of the network. */
export type Files = ReadonlyMap<string, string>;

export interface Check {
  /** `cilium-pool-of-the-cluster`: the subject, then what holds. */
  readonly id: string;
  readonly says: string;
  /** Networks it is about; every one when absent. */
  about?(files: Files): boolean;
  /** Problems, each with its file. */
  check(files: Files): readonly string[];
  /** The mistake made by hand, once for each way of making it. */
  readonly broken: Mistake | readonly Mistake[];
}

/** Files with a mistake in them; where there is no place for it they come back as they are. */
export type Mistake = (files: Files) => Files;

/** Whether a text is an address of a network. */
export function isIn(text: string, net: string): boolean {
  const [ip, cidr] = [parseIp(text), parseCidr(net)];
  return ip !== undefined && cidr !== undefined && contains(cidr, ip);
}

/** A problem unless something holds. */
export const unless = (holds: boolean, problem: string): readonly string[] => (holds ? [] : [problem]);

const known = new Map<string, Map<string, Stream>>();

/** Most files of a network are those of others as well, so each is read once. */
export function remembered(text: string, path: string): Stream {
  // By text first, and never joined with the path: a text that was looked up before need not be hashed again.
  const streams = known.get(text) ?? new Map<string, Stream>();
  known.set(text, streams);
  const stream = streams.get(path) ?? readStream(text, path);
  streams.set(path, stream);
  return stream;
}

/** Documents of a YAML file; none where there is no such file. */
export function documents(files: Files, path: string): readonly unknown[] {
  const content = files.get(path) ?? "";
  const { documents: found, problems } = remembered(content, path);
  return problems.length === 0 ? found.map(({ value }) => value) : readDocuments(content, path);
}

/** Paths that match, sorted as emitted. */
export const pathsOf = (files: Files, path: RegExp): readonly string[] =>
  [...files.keys()].filter((candidate) => path.test(candidate));

export interface Found {
  readonly path: string;
  readonly object: KubernetesObject;
}

const objectsOf = new WeakMap<Files, readonly Found[]>();

/** Objects of the cluster, of all kinds or of one. */
export function objects(files: Files, kind?: string): readonly Found[] {
  const all = objectsOf.get(files) ?? readObjects(files);
  objectsOf.set(files, all);
  return kind === undefined ? all : all.filter(({ object }) => object.kind === kind);
}

const readObjects = (files: Files): readonly Found[] =>
  pathsOf(files, /^kubernetes\/.*\.yaml$/).flatMap((path) =>
    documents(files, path)
      .filter((document) => isMap(document) && "apiVersion" in document && "kind" in document)
      .map((document) => ({ path, object: document as KubernetesObject })),
  );

/** Values of the chart of an app: `valuesOf(files, "cilium")`. Undefined where the network has no such app. */
export function valuesOf(files: Files, app: string): Mapping | undefined {
  const [path] = pathsOf(files, new RegExp(`^kubernetes/apps/[^/]+/${app}/app/values\\.yaml$`));
  return path === undefined ? undefined : asMap(documents(files, path)[0]);
}

/** The spec as it lies in the repository. */
export const specOf = (files: Files): Mapping => asMap(documents(files, "homelab.yaml")[0]);

/** Secrets stand in the repository: gen secrets asks for them, and no script. */
export function keepsSecrets(files: Files): boolean {
  const secrets = specOf(files)["secrets"];
  return (isMap(secrets) ? secrets["provider"] : secrets) === "sops";
}

/** bootstrap/secrets.sh asks for all of them. */
export function asksForSecrets(files: Files): boolean {
  const secrets = specOf(files)["secrets"];
  return [undefined, "cluster"].includes((isMap(secrets) ? secrets["provider"] : secrets) as string | undefined);
}

/** Files with a text replaced where it first stands in each file of a path. */
export function replaced(files: Files, path: RegExp, find: string | RegExp, replace: string): Files {
  return new Map(
    [...files].map(([name, content]) => [name, path.test(name) ? content.replace(find, replace) : content]),
  );
}

/** Files with one more document at the end of each file of a path. */
export const appended = (files: Files, path: RegExp, document: string): Files =>
  new Map([...files].map(([name, content]) => [name, path.test(name) ? `${content}---\n${document}` : content]));

/** Files with one more file. */
export const added = (files: Files, path: string, content: string): Files => new Map([...files, [path, content]]);
