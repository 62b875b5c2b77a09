/** bootstrap/secrets.sh, run for real beside a kubectl that only takes notes. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { secretsScript } from "../../src/compose/secretsScript.ts";
import type { OrderedUnit, Unit } from "../../src/model/unit.ts";
import { parse } from "yaml";
import { planOf } from "../fixtures/plan.ts";
import { catalog } from "../fixtures/realCatalog.ts";
import { temporaryFolder } from "../support/workspace.ts";

const unit = (id: string, secrets: Unit["secrets"]): OrderedUnit => ({
  id,
  component: id,
  namespace: "network",
  view: {},
  dependsOn: [],
  early: false,
  ...(secrets !== undefined && { secrets }),
});

const token = {
  name: "cloudflare-dns",
  keys: [{ key: "api-token", what: "API token with `Zone.DNS:Edit` for $HOME's zone", from: "https://dash.example/" }],
  because: "it proves that ragas.cc is yours",
};
const units = [
  unit("issuers", [token]),
  unit("records", [token]),
  unit("tunnel", [
    { name: "tunnel", keys: [{ key: "credentials.json", what: "a file", from: "cloudflared" }], because: "the way in" },
  ]),
  unit("quiet", undefined),
];

const [script] = [...secretsScript(planOf(), units, catalog).values()];
const text = script?.content ?? "";

/** Knows the API of the plan and the Secrets in `there`; keeps what is applied. */
const KUBECTL = `#!/usr/bin/env bash
case "$*" in
  *"config view"*) printf %s "\${API:-https://172.16.1.49:6443}" ;;
  *"get secret"*) [[ " $THERE " == *" \${*: -1} "* ]] || exit 1 ;;
  *"get namespace"*) ;;
  *apply*) cat >>"$NOTES" ;;
  *) exit 9 ;;
esac
printf '%s\\n' "$*" >>"$NOTES.arguments"
`;

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "bootstrap"));
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bootstrap/secrets.sh"), text);
  writeFileSync(join(folder, "bin/kubectl"), KUBECTL);
  chmodSync(join(folder, "bin/kubectl"), 0o755);
  writeFileSync(join(folder, "key"), "-----BEGIN KEY-----\n\nabc\n");
  writeFileSync(join(folder, "token"), "s3cr3t\n");
  writeFileSync(join(folder, "windows"), "s3cr3t\r\n");
  const notes = join(folder, "notes");
  const { status, stdout, stderr } = spawnSync("bash", [join(folder, "bootstrap/secrets.sh"), ...args], {
    encoding: "utf8",
    input: "",
    env: {
      PATH: `${join(folder, "bin")}:${process.env["PATH"]}`,
      NOTES: notes,
      THERE: "",
      FOLDER: folder,
      ...environment,
    },
  });
  const read = (path: string) => (existsSync(path) ? readFileSync(path, "utf8") : "");
  return { status, stdout, stderr, applied: read(notes), arguments: read(`${notes}.arguments`) };
}

const given = { CLOUDFLARE_DNS_API_TOKEN: "s3cr3t: #'\"\\n $HOME", TUNNEL_CREDENTIALS_JSON: "@key" };

describe("bootstrap/secrets.sh", () => {
  it("is not there when nothing is to be filled in", () => {
    expect([...secretsScript(planOf(), [unit("quiet", undefined)], catalog)]).toEqual([]);
  });

  it("hands over each Secret once, byte for byte, and shows no value", () => {
    const result = run([], given);
    expect(result.stderr).toBe("");
    expect(result.status).toBe(0);
    const objects = result.applied.split(/(?=^apiVersion)/m).map((document) => parse(document) as Secret);
    expect(objects.map(({ kind, metadata }) => [kind, metadata])).toEqual([
      ["Secret", { name: "cloudflare-dns", namespace: "network" }],
      ["Secret", { name: "tunnel", namespace: "network" }],
    ]);
    const decoded = objects.flatMap(({ data }) =>
      Object.values(data).map((value) => Buffer.from(value, "base64").toString()),
    );
    expect(decoded).toEqual([given.CLOUDFLARE_DNS_API_TOKEN, "-----BEGIN KEY-----\n\nabc\n"]);
    expect(result.stdout + result.arguments).not.toContain("s3cr3t");
  });

  it.each([
    ["@token", "s3cr3t"],
    ["@windows", "s3cr3t"],
    ["@@s3cr3t", "@s3cr3t"],
  ])("takes %s as it is meant", (value, meant) => {
    const { applied } = run(["cloudflare-dns"], { CLOUDFLARE_DNS_API_TOKEN: value });
    const { data } = parse(applied) as Secret;
    expect(Buffer.from(data["api-token"] ?? "", "base64").toString()).toBe(meant);
  });

  it("repeats nothing of what was taken for the name of a file", () => {
    const { status, stdout, stderr } = run(["cloudflare-dns"], { CLOUDFLARE_DNS_API_TOKEN: "@s3cr3t" });
    expect([status, stderr]).toEqual([2, expect.stringContaining("CLOUDFLARE_DNS_API_TOKEN: the file after @")]);
    expect(stdout + stderr).not.toContain("s3cr3t");
  });

  it("leaves what is there, and replaces it when it is named", () => {
    expect(run([], { ...given, THERE: "cloudflare-dns" }).applied).not.toContain("cloudflare-dns");
    expect(run(["cloudflare-dns"], { ...given, THERE: "cloudflare-dns" }).applied).toContain("name: cloudflare-dns");
  });

  it("lists without a cluster what there is to fill in", () => {
    const { status, stdout, arguments: calls } = run(["--list"]);
    expect(status).toBe(0);
    expect(stdout).toContain(
      "api-token [CLOUDFLARE_DNS_API_TOKEN]\n    API token with `Zone.DNS:Edit` for $HOME's zone",
    );
    expect(calls).toBe("");
  });

  it.each([
    ["a value nobody gives", [], {}, 2, "cloudflare-dns needs api-token: set CLOUDFLARE_DNS_API_TOKEN"],
    ["an unknown name", ["nobody"], given, 2, "there is no secret nobody to fill in"],
    [
      "a file that cannot be read",
      [],
      { ...given, TUNNEL_CREDENTIALS_JSON: "@gone" },
      2,
      "TUNNEL_CREDENTIALS_JSON: the file after @ cannot be read",
    ],
    ["another cluster", [], { ...given, API: "https://10.0.0.1:6443" }, 4, "kubectl reaches https://10.0.0.1:6443"],
  ] as const)("says what is wrong: %s", (_, args, environment, status, message) => {
    const result = run(args, environment);
    expect(result.stderr).toContain(message);
    expect(result.status).toBe(status);
  });

  it("is read by bash without complaint", () => {
    execFileSync("bash", ["-n"], { input: text });
  });
});

interface Secret {
  readonly kind: string;
  readonly metadata: object;
  readonly data: Readonly<Record<string, string>>;
}
