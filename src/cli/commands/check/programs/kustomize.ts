/** `kubectl kustomize`: what kustomize itself says to every kustomization that is part of no other. */
import { join } from "node:path";
import { toFinding } from "../../../../audit/audit.ts";
import { topmost } from "../../../../audit/builds.ts";
import type { Kustomization } from "../../../../audit/kustomization.ts";
import type { Subject } from "../../../../audit/subject.ts";
import type { Finding } from "../../../../model/finding.ts";
import { asList } from "../../../../model/unknown.ts";
import { failedBuild } from "../audits.ts";
import { attempt, notRun, several, type Means, type Ran } from "./program.ts";

export interface KustomizeInput extends Means {
  readonly subject: Subject;
  /** What is known to be wrong already is not said a second time in kustomize's words. */
  readonly findings: readonly Finding[];
}

export async function kustomize({ root, subject, findings, network, env }: KustomizeInput): Promise<Ran> {
  const wrong = new Set(
    findings
      .filter(({ id, severity }) => severity === "error" && /^(KUST|YAML)-/.test(id))
      .flatMap(({ places = [] }) => places.map(({ file }) => file)),
  );
  const folders = topmost(subject).map(({ folder }) => ({ folder, parts: partsOf(folder, subject) }));
  const sound = folders.filter(({ parts }) => ![...parts.keys()].some((file) => wrong.has(file)));
  const left = sound.flatMap(({ folder, parts }) => leaveOut(folder, [...parts.values()], network));
  const chosen = sound.filter(({ parts }) => leaveOut("", [...parts.values()], network).length === 0);
  if (chosen.length === 0) return notRun(...left);
  const results = await several(chosen, ({ folder }) =>
    attempt("kubectl", ["kustomize", ...WITHOUT_FENCE, join(root, folder)], { timeout: 30_000, env }),
  );
  if (typeof results === "string") return notRun(`kubectl kustomize: ${results}`, ...left);
  const failed = chosen.flatMap(({ folder }, index) => {
    const { exitCode = 0, stderr = "" } = results[index] ?? {};
    return exitCode === 0 ? [] : [{ folder, said: tidy(stderr, root) }];
  });
  return {
    findings: failed.flatMap(({ folder, said }) => finding(subject.kustomizations.get(folder), said)),
    ran: `kubectl kustomize (${chosen.length} folders)`,
    notRun: left,
  };
}

/**
 * Flux lets a kustomization name files anywhere in the repository (github.com/fluxcd/pkg/kustomize: Build). Argo CD does
 * not unless it is told to, which an audit looks at.
 */
const WITHOUT_FENCE = ["--load-restrictor", "LoadRestrictionsNone"];

/** Every file a folder is built from, with its kustomization where it is one. */
function partsOf(
  folder: string,
  { kustomizations }: Subject,
  parts = new Map<string, Kustomization | undefined>(),
): ReadonlyMap<string, Kustomization | undefined> {
  const kustomization = kustomizations.get(folder);
  if (kustomization === undefined || parts.has(kustomization.file)) return parts;
  parts.set(kustomization.file, kustomization);
  for (const { path } of kustomization.entries) {
    if (path === undefined) continue;
    if (kustomizations.has(path)) partsOf(path, { kustomizations } as Subject, parts);
    else if (!parts.has(path)) parts.set(path, undefined);
  }
  return parts;
}

function leaveOut(folder: string, parts: readonly (Kustomization | undefined)[], network: boolean): readonly string[] {
  const has = (field: string): boolean => parts.some((part) => asList(part?.value[field]).length > 0);
  const shown = `kubectl kustomize ${folder}`;
  if (has("helmCharts")) return [`${shown}: it inflates Helm charts`];
  if (has("generators")) return [`${shown}: it needs plugins`];
  const isRemote = parts.some((part) => part?.entries.some((entry) => entry.isRemote || entry.path === undefined));
  return isRemote && !network ? [`${shown}: part of it lies elsewhere (--network fetches it)`] : [];
}

/** Klog and cobra around the message, and our folder in it, are nobody's business. */
const tidy = (stderr: string, root: string): string =>
  stderr
    .replace(/^.*?"command failed" err="/s, "")
    .replace(/"\s*$/, "")
    .replace(/^error: /, "")
    .replaceAll(`${root}/`, "")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 400);

const finding = (kustomization: Kustomization | undefined, said: string): readonly Finding[] =>
  kustomization === undefined
    ? []
    : [
        toFinding(failedBuild, {
          message: `kustomize cannot build ${kustomization.folder}: ${said}`,
          places: [kustomization.document.place([])],
          fix: `correct what it names; kubectl kustomize ${kustomization.folder} tells when it is right`,
        }),
      ];
