/** Two engines over one network: what one would install that the other would not, or otherwise, or in another order. */
import { namespacesIn, ofArgo, ofFlux, type Files, type Installation } from "./installations.ts";

/** What an engine installs of itself, what is asked of it, and who protects objects from it, is its own. */
const OWN = /kubernetes\/apps\/(flux-system|argocd|observability\/(kube-prometheus-stack|grafana)\/engine)\//;
/** Names that it answers itself are in the map of all names. */
const OWN_NAMES = / {2}\S+: (flux-system|argocd)\\n/g;
const told = (installation: Installation): unknown => {
  const one = { ...installation, after: undefined };
  return installation.folder.endsWith("/host-names/app")
    ? (JSON.parse(JSON.stringify(one).replaceAll(OWN_NAMES, "")) as unknown)
    : one;
};

export interface Difference {
  readonly about: string;
  readonly flux: unknown;
  readonly argo: unknown;
}

export function differences(flux: Files, argo: Files): readonly Difference[] {
  const [one, other] = [ofFlux(flux), ofArgo(argo)].map((all) => all.filter(({ folder }) => !OWN.test(`${folder}/`)));
  const by = (all: readonly Installation[] = []) => new Map(all.map((each) => [each.folder, each]));
  const [ofOne, ofOther] = [by(one), by(other)];
  const folders = [...new Set([...ofOne.keys(), ...ofOther.keys()])].sort();
  const found = folders.flatMap((folder): readonly Difference[] => {
    const [a, b] = [ofOne.get(folder), ofOther.get(folder)];
    const pair = { flux: a && told(a), argo: b && told(b) };
    if (JSON.stringify(pair.flux) !== JSON.stringify(pair.argo)) return [{ about: folder, ...pair }];
    const early = (a?.after ?? []).filter((before) => !OWN.test(`${before}/`) && !b?.after.includes(before));
    return early.map((before) => ({ about: `${folder} after ${before}`, flux: true, argo: false }));
  });
  const spaces = (files: Files) => namespacesIn(files).filter((each) => !OWN.test(`${JSON.stringify(each)}`));
  const [here, there] = [spaces(flux), spaces(argo)];
  return JSON.stringify(here) === JSON.stringify(there)
    ? found
    : [...found, { about: "namespaces", flux: here, argo: there }];
}
