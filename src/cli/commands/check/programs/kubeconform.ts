/** `kubeconform`: every object against the schema of its kind, unknown fields refused. */
import { toFinding } from "../../../../audit/audit.ts";
import type { Cluster } from "../../../../audit/cluster.ts";
import { asList, at } from "../../../../model/unknown.ts";
import { asText } from "../../../../audit/values.ts";
import type { Finding } from "../../../../model/finding.ts";
import { wrongShape } from "../audits.ts";
import { attempt, notRun, type Means, type Ran } from "./program.ts";

// Types of Kubernetes come with kubeconform's default; those of everybody else are collected there.
const SCHEMAS = [
  "default",
  "https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json",
];

// An encrypted Secret has a key `sops` that no schema knows; kinds without a schema are counted and named below.
const OPTIONS = ["-strict", "-ignore-missing-schemas", "-skip", "Secret", "-output", "json", "-verbose"];

export async function kubeconform({ root, network, env }: Means, { live }: Cluster): Promise<Ran> {
  if (!network) return notRun("kubeconform: it fetches schemas (--network)");
  const files = [
    ...new Set(live.filter(({ object }) => object.value["apiVersion"] !== undefined).map(({ object }) => object.file)),
  ];
  if (files.length === 0) return notRun();
  const args = [...OPTIONS, ...SCHEMAS.flatMap((location) => ["-schema-location", location]), ...files];
  const result = await attempt("kubeconform", args, { cwd: root, timeout: 120_000, env });
  if (typeof result === "string") return notRun(`kubeconform: ${result}`);
  const resources = asList(at(parsed(result.stdout), "resources"));
  if (resources.length === 0)
    return notRun(`kubeconform: ${result.stderr.trim() || "it said nothing that can be read"}`);
  const ofStatus = (status: string) => resources.filter((resource) => at(resource, "status") === status);
  const unknown = [...new Set(ofStatus("statusSkipped").map((resource) => asText(at(resource, "kind")) ?? "?"))].sort();
  const failed = ofStatus("statusError").map((resource) => asText(at(resource, "msg")) ?? "");
  return {
    findings: ofStatus("statusInvalid").flatMap((resource) => findings(resource, live)),
    ran: `kubeconform -strict (${ofStatus("statusValid").length + ofStatus("statusInvalid").length} objects)`,
    notRun: [
      ...(unknown.length === 0 ? [] : [`kubeconform: no schema for ${unknown.join(", ")}`]),
      ...(failed.length === 0 ? [] : [`kubeconform on ${failed.length} objects: ${failed[0]?.slice(0, 200)}`]),
    ],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function findings(resource: unknown, live: Cluster["live"]): readonly Finding[] {
  const [file, kind, name] = ["filename", "kind", "name"].map((key) => asText(at(resource, key)) ?? "");
  const object = live
    .map((instance) => instance.object)
    .find((candidate) => candidate.file === file && candidate.kind === kind && candidate.name === name);
  const problems = asList(at(resource, "validationErrors"));
  return (problems.length === 0 ? [{ path: "", msg: at(resource, "msg") }] : problems).map((problem) => {
    const path = (asText(at(problem, "path")) ?? "").split("/").filter((step) => step !== "");
    return toFinding(wrongShape, {
      message: `${kind} ${name}${path.length === 0 ? "" : `, ${path.join(".")}`}: ${asText(at(problem, "msg")) ?? "it does not fit"}`,
      places: object === undefined ? [] : [object.place(path)],
      fix: `kubectl explain ${kind?.toLowerCase() ?? ""} shows its fields`,
    });
  });
}
