/** bootstrap/apps.sh of the preset, run for real beside a kubectl and a helm that only take notes. */
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { temporaryFolder } from "../support/workspace.ts";

const preset = emittedNetworks.find(({ name }) => name === "the preset talos-cilium-envoy");
if (preset === undefined) throw new Error("the preset is among the networks");
const { tree } = preset;

/** Answers as the API of the preset would; `$FAILS` is what does not become ready. */
const PROGRAM = `#!/usr/bin/env bash
printf '%s %s\\n' "\${0##*/}" "$*" >>"$NOTES"
case "$*" in
  *"config view"*) printf %s https://172.16.1.49:6443 ;;
  *"get nodes"*) echo node/talos-cp-1 ;;
  *"get pods"*) echo "cilium-x7k2p 0/1 CrashLoopBackOff" ;;
  *"status coredns"*) echo "STATUS: $LEFT" ;;
  *"get helmreleases"*) [[ -n $LOOKED_AFTER ]] || exit 1 ;;
  *"get fluxinstances"*) echo "flux-system False repository not found" ;;
esac
[[ -z $FAILS || "$*" != *"$FAILS"* ]]
`;

interface Found {
  readonly fails?: string;
  /** What state coredns is in. */
  readonly left?: string;
  readonly lookedAfter?: boolean;
}

function bootstrap({ fails = "", left = "deployed", lookedAfter = false }: Found = {}, ...args: readonly string[]) {
  const folder = temporaryFolder("apps");
  for (const [path, { content }] of tree) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const bin = join(folder, "bin");
  mkdirSync(bin);
  for (const name of ["kubectl", "helm"]) {
    writeFileSync(join(bin, name), PROGRAM);
    chmodSync(join(bin, name), 0o755);
  }
  const notes = join(folder, "notes");
  const { status, stderr } = spawnSync("bash", [join(folder, "bootstrap/apps.sh"), ...args], {
    encoding: "utf8",
    env: {
      PATH: `${bin}:${process.env["PATH"]}`,
      NOTES: notes,
      FAILS: fails,
      LEFT: left,
      LOOKED_AFTER: lookedAfter ? "yes" : "",
    },
  });
  const calls = (existsSync(notes) ? readFileSync(notes, "utf8") : "").match(/^helm .*$/gm) ?? [];
  return { status, stderr, helm: calls.filter((call) => !call.startsWith("helm status ")) };
}

describe("bootstrap/apps.sh", () => {
  it("waits for each release but the pod network, whose relay waits for the resolver after it", () => {
    const { status, helm } = bootstrap();
    expect(status).toBe(0);
    expect(helm.map((call) => [call.split(" ")[2], call.includes("--wait --timeout")])).toEqual([
      ["cilium", false],
      ["coredns", true],
      ["flux-operator", true],
    ]);
  });

  it("shows the pods when a release does not become ready, and stops there", () => {
    const { status, stderr, helm } = bootstrap({ fails: "upgrade coredns" });
    expect(status).toBe(1);
    expect(stderr).toContain("coredns is not ready. What there is in namespace kube-system:\ncilium-x7k2p 0/1");
    expect(helm).toHaveLength(2);
  });

  it("shows what Flux says when the repository cannot be read", () => {
    const { status, stderr } = bootstrap({ fails: "wait --for=condition=Ready" });
    expect(status).toBe(1);
    expect(stderr).toContain("Flux is not ready. What there is in namespace flux-system:");
    expect(stderr).toContain("repository not found");
  });

  it.each([
    ["pending-install", ["cilium upgrade", "coredns uninstall", "coredns upgrade", "flux-operator upgrade"]],
    ["pending-upgrade", ["cilium upgrade", "coredns rollback", "coredns upgrade", "flux-operator upgrade"]],
    ["pending-rollback", ["cilium upgrade", "coredns rollback", "coredns upgrade", "flux-operator upgrade"]],
    ["failed", ["cilium upgrade", "coredns upgrade", "flux-operator upgrade"]],
  ])("goes on where an earlier run left a release %s", (left, calls) => {
    const { status, helm } = bootstrap({ left });
    expect(status).toBe(0);
    expect(helm.map((call) => call.split(" ")).map(([, verb, name]) => `${name} ${verb}`)).toEqual(calls);
  });

  it("takes over what others have made and written where it is told to, and only there", () => {
    const adopts = (call: string) => call.endsWith("--server-side=true --force-conflicts --take-ownership");
    expect(bootstrap({}, "--adopt").helm.map(adopts)).toEqual([true, true, true]);
    expect(bootstrap().helm.map(adopts)).toEqual([false, false, false]);
  });

  it("does nothing where it is told what it does not know", () => {
    const { status, stderr, helm } = bootstrap({}, "--adpot");
    expect([status, stderr, helm]).toEqual([2, "bootstrap/apps.sh takes --adopt and nothing else\n", []]);
  });

  it("leaves a release to Flux that Flux looks after", () => {
    const { helm } = bootstrap({ left: "pending-upgrade", lookedAfter: true });
    expect(helm.filter((call) => !call.startsWith("helm upgrade "))).toEqual([]);
  });
});
