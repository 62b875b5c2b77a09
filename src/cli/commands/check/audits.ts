/** What only a check on disk can find: by comparing with what was generated, and by other programs. */
import type { Audit } from "../../../audit/audit.ts";

export const failedBuild: Audit = {
  id: "KUST-BUILD",
  severity: "error",
  title: "Kustomize cannot build a folder.",
  because: "The engine builds it in the same way, and applies nothing of it.",
  source: "kubectl kustomize",
};

export const wrongShape: Audit = {
  id: "OBJECT-SCHEMA",
  severity: "error",
  title: "An object does not fit the schema of its kind.",
  because: "The API server refuses it, or drops the field it does not know.",
  source: "kubeconform -strict",
};

export const refusedValues: Audit = {
  id: "CHART-RENDER",
  severity: "error",
  title: "A chart cannot be rendered with its values.",
  because: "Helm in the cluster fails in the same way, and the release stays as it was.",
  source: "helm template",
};

export const damagedState: Audit = {
  id: "DRIFT-STATE",
  severity: "error",
  title: "What gen remembers of a run cannot be read.",
  because: "Without its record gen cannot tell your edits from its own text, and leaves the files alone for good.",
  source: "docs/architecture.md: the state in .homelab-net",
};

export const stuck: Audit = {
  id: "DRIFT-STUCK",
  severity: "warning",
  title: "gen apply cannot bring the files in line.",
  because: "Changes of homelab.yaml do not reach the files until this is settled.",
  source: "docs/architecture.md: managed files",
};

export const behindSpec: Audit = {
  id: "DRIFT-SPEC",
  severity: "warning",
  title: "homelab.yaml, or the version of gen, says something else than the files.",
  because: "The cluster follows the files. What homelab.yaml says is not in them yet.",
  source: "docs/architecture.md: managed files",
};

export const deletedFiles: Audit = {
  id: "DRIFT-DELETED",
  severity: "note",
  title: "Files that gen wrote are gone.",
  because: "They stay gone: what a person deletes is not written again.",
  source: "docs/architecture.md: managed files",
};

export const editedFiles: Audit = {
  id: "DRIFT-YOURS",
  severity: "note",
  title: "Files that gen wrote were changed by hand.",
  because: "They are kept: changes of homelab.yaml are merged into them.",
  source: "docs/architecture.md: managed files",
};

export const missingSecret: Audit = {
  id: "SECRET-MISSING",
  severity: "warning",
  title: "A secret has no value in the repository yet.",
  because: "What uses it waits, or is not installed at all.",
  source: "docs/operations.md: Encrypted secrets",
};

export const leftSecret: Audit = {
  id: "SECRET-LEFT",
  severity: "error",
  title: "A file of secrets is for another provider than the one in use.",
  because: "Nobody opens it: what is in it is not applied, or applied as encrypted text over what the other one made.",
  source: "docs/decisions/024-secrets.md",
};

/** In the order in which they are found. */
export const auditsOnDisk: readonly Audit[] = [
  failedBuild,
  wrongShape,
  refusedValues,
  damagedState,
  stuck,
  behindSpec,
  deletedFiles,
  editedFiles,
  missingSecret,
  leftSecret,
];
