import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { edited } from "../rules/edits.ts";
import { onlyGit, runHere } from "../support/cli.ts";
import { gen, repositories } from "../support/repository.ts";
import { output } from "../support/run.ts";
import { expectUntouched, temporaryFolder, writeFiles } from "../support/workspace.ts";
import { accepted, allAccepted } from "./checkAccepted.ts";
import { broken, notes, type Broken } from "./checkCases.ts";

const made = repositories();

// Nothing is committed: git tells what it would carry, and there are fewer files to copy.
beforeAll(() => output("git", ["init", "--quiet"], { cwd: made.template }));

function repository({ files = {}, edits = {}, removed = [] }: Omit<Broken, "id"> = {}): string {
  const folder = made.fresh();
  writeFiles(folder, files);
  for (const [path, changes] of Object.entries(edits))
    writeFileSync(join(folder, path), edited(readFileSync(join(folder, path), "utf8"), changes));
  for (const path of removed) rmSync(join(folder, path));
  return folder;
}

type Environment = Readonly<Record<string, string>>;

const check = (cwd: string, args: readonly string[] = [], env: Environment = {}) =>
  runHere("gen", ["check", ...args], { cwd, env });

interface Report {
  readonly ok: boolean;
  readonly command: string;
  readonly findings: readonly Finding[];
  readonly ran: readonly string[];
  readonly notRun: readonly string[];
}

async function reported(
  cwd: string,
  args: readonly string[] = [],
  env: Environment = {},
): Promise<Report & { readonly code: number | null }> {
  const { stdout, code } = await check(cwd, ["--json", ...args], env);
  return { ...(JSON.parse(stdout) as Report), code };
}

describe("gen check", () => {
  it("has nothing to say about what was emitted, and names what did not run", async () => {
    const folder = repository();
    const { code, stdout, stderr } = await expectUntouched(folder, () => check(folder, ["--strict", "--verbose"]));
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^0 errors, 0 warnings, 0 notes\. Looked at \d+ files with \d+ objects/);
    expect(stdout).toContain("not run: kubectl kustomize: kubectl not found");
  });
  it("works in any folder of the repository", async () => {
    const { code } = await check(join(repository(), "kubernetes/apps"));
    expect(code).toBe(0);
  });
  it("is content with what add-route adds", async () => {
    const folder = repository();
    expect((await gen(folder, "add-route", "echo2.ragas.cc", "--yes")).code).toBe(0);
    expect((await reported(folder, ["--strict"])).findings).toEqual([]);
  });
  it.each(broken)("$id", async ({ id, ...how }) => {
    const { code, ok, findings } = await reported(repository(how), ["--strict"]);
    expect([code, ok]).toEqual([2, false]);
    expect(findings.map((finding) => finding.id)).toContain(id);
  });
  it("finds what is taken and does not work, each beside the others", async () => {
    const { findings } = await reported(repository(allAccepted), ["--strict"]);
    const found = new Set(findings.map(({ id }) => id));
    expect(accepted.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });
  it.each(notes)("$id is a note, which makes nothing fail", async ({ id, ...how }) => {
    const folder = repository(how);
    const { code, findings } = await reported(folder, ["--strict"]);
    expect([code, findings.map((finding) => [finding.id, finding.severity])]).toEqual([0, [[id, "note"]]]);
    expect((await check(folder)).stdout).toContain("1 note (--verbose shows them)");
    expect((await check(folder, ["--verbose"])).stdout).toContain(`note[${id}]`);
  });
  it("says the most fundamental first, with its place, and what to do", async () => {
    const { code, stdout } = await check(
      repository({
        edits: {
          "homelab.yaml": [{ find: "172.16.1.60-172.16.1.69", replace: "172.16.1.60-172.16.1.120" }],
          "kubernetes/apps/default/echo/app/httproute.yaml": [{ find: "port: 8080", replace: "port: 80" }],
        },
      }),
    );
    expect(code).toBe(2);
    expect(stdout).toMatch(/error\[LB-POOL-DHCP\].*error\[ROUTE-BACKEND\].*httproute\.yaml:17:17.*fix: port: 8080/s);
    expect(stdout).toContain("2 errors, 0 warnings");
  });
  it("ends well with warnings, unless it is strict", async () => {
    const folder = repository(broken.find(({ id }) => id === "ROUTE-DOMAIN"));
    expect((await check(folder)).code).toBe(0);
    expect((await check(folder, ["--strict"])).code).toBe(2);
  });
  it("keeps quiet about what homelab.yaml silences", async () => {
    const how = broken.find(({ id }) => id === "ROUTE-DOMAIN");
    const folder = repository(how);
    const spec = join(folder, "homelab.yaml");
    writeFileSync(
      spec,
      readFileSync(spec, "utf8").replace("gitops: flux", 'gitops: flux\nsilence: { ROUTE-DOMAIN: "a second domain" }'),
    );
    expect((await reported(folder)).findings.map(({ id }) => id)).not.toContain("ROUTE-DOMAIN");
  });
  it("looks at files all the same when homelab.yaml cannot be read", async () => {
    const { code, findings, notRun } = await reported(
      repository({ files: { "homelab.yaml": "version: [\n", "notes.yaml": "a: 1\na: 2\n" } }),
    );
    expect(code).toBe(2);
    expect(findings.map(({ id }) => id)).toEqual(["YAML-SYNTAX", "YAML-DUPLICATE"]);
    expect(notRun.join("\n")).toContain("homelab.yaml cannot be read");
  });
  it("does not read what git ignores, and says when git cannot tell", async () => {
    const folder = repository({ files: { "talos/secrets.yaml": `key: AGE-SECRET-KEY-1${"Q".repeat(58)}\n` } });
    expect((await reported(folder)).findings).toEqual([]);
    rmSync(join(folder, ".git"), { recursive: true });
    const { findings, notRun } = await reported(folder);
    expect(findings.map(({ id }) => id)).toEqual(["SECRET-KEY"]);
    expect(notRun.join("\n")).toContain("no git repository");
  });
  it("is explained by id", async () => {
    const { stdout, code } = await gen(temporaryFolder("anywhere"), "explain", "route-backend");
    expect([code, stdout]).toEqual([0, expect.stringContaining("BackendNotFound")]);
  });
  it("is refused outside a repository", async () => {
    expect((await check(temporaryFolder("nowhere"))).code).toBe(2);
  });
});

describe("programs that are installed", () => {
  /** Programs of one's own, which answer as the real ones do. */
  function programs(scripts: Readonly<Record<string, string>>): Environment {
    const folder = temporaryFolder("programs");
    mkdirSync(dirname(join(folder, "x")), { recursive: true });
    writeFiles(
      folder,
      Object.fromEntries(Object.entries(scripts).map(([name, text]) => [name, `#!/bin/sh\n${text}\n`])),
    );
    return { PATH: `${folder}:${onlyGit()}:/bin:/usr/bin` };
  }
  const CALM = { kubectl: "exit 0", helm: "exit 0", kubeconform: "exit 0" };

  it("are named with what they did", async () => {
    const { ran, notRun, code } = await reported(repository(), [], programs(CALM));
    expect([code, ran.join()]).toEqual([0, expect.stringMatching(/kubectl kustomize \(\d+ folders\)/)]);
    expect(notRun).toEqual([
      "kubeconform: it fetches schemas (--network)",
      "helm template: it fetches charts (--network)",
    ]);
  });
  it("kubectl: what kustomize says is a finding at the folder's kustomization", async () => {
    const installed = programs({
      ...CALM,
      kubectl: 'case "$*" in */default/echo/app) echo "error: no good" >&2; exit 1;; esac',
    });
    const { code, findings } = await reported(repository(), [], installed);
    expect(code).toBe(2);
    expect(findings.map(({ id, message, places }) => [id, message, places?.[0]?.file])).toEqual([
      [
        "KUST-BUILD",
        "kustomize cannot build kubernetes/apps/default/echo/app: no good",
        "kubernetes/apps/default/echo/app/kustomization.yaml",
      ],
    ]);
  });
  it("kubectl: what is known already is not said twice", async () => {
    const how = broken.find(({ id }) => id === "KUST-MISSING");
    const installed = programs({ ...CALM, kubectl: 'case "$*" in */default/echo/app) exit 1;; esac' });
    expect((await reported(repository(how), [], installed)).findings.map(({ id }) => id)).not.toContain("KUST-BUILD");
  });
  it("kubectl: folders with parts elsewhere are built only with --network", async () => {
    const list = "kubernetes/apps/default/echo/app/kustomization.yaml";
    const how = {
      edits: { [list]: [{ find: "resources:\n", replace: "resources:\n  - https://example.com/a.yaml\n" }] },
    };
    expect((await reported(repository(how), [], programs(CALM))).notRun.join("\n")).toContain(
      "part of it lies elsewhere",
    );
    expect((await reported(repository(how), ["--network"], programs(CALM))).notRun.join("\n")).not.toContain(
      "elsewhere",
    );
  });
  it("kubeconform: an object that does not fit is a finding at its field; kinds without a schema are named", async () => {
    const route = "kubernetes/apps/default/echo/app/httproute.yaml";
    const answer = {
      resources: [
        {
          filename: route,
          kind: "HTTPRoute",
          name: "echo",
          status: "statusInvalid",
          msg: "bad",
          validationErrors: [{ path: "/spec/hostnames", msg: "got array, want integer" }],
        },
        { filename: "a.yaml", kind: "CiliumNetworkPolicy", name: "echo", status: "statusSkipped", msg: "" },
      ],
    };
    const installed = programs({ ...CALM, kubeconform: `cat <<'END'\n${JSON.stringify(answer)}\nEND\nexit 1` });
    const { findings, notRun } = await reported(repository(), ["--network"], installed);
    expect(findings.map(({ id, message, places }) => [id, message, places?.[0]?.line])).toEqual([
      ["OBJECT-SCHEMA", "HTTPRoute echo, spec.hostnames: got array, want integer", 8],
    ]);
    expect(notRun).toContain("kubeconform: no schema for CiliumNetworkPolicy");
  });
  it("helm: values a chart refuses are a finding; a chart that cannot be reached is none", async () => {
    const installed = programs({
      ...CALM,
      helm: 'case "$2" in echo) echo "Error: values don\'t meet the specifications of the schema" >&2; exit 1;; cilium) echo "Error: dial tcp: no such host" >&2; exit 1;; esac',
    });
    const { findings, notRun } = await reported(repository(), ["--network"], installed);
    expect(findings.map(({ id, message }) => [id, message])).toEqual([
      ["CHART-RENDER", "the chart of echo cannot be rendered: values don't meet the specifications of the schema"],
    ]);
    expect(notRun.join("\n")).toContain("helm template of cilium: dial tcp");
  });
});
