import { REFERENCE_FILE } from "../fixtures/reference.ts";
import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runHere } from "../support/cli.ts";
import { edit, expectInLine, gen, rememberInstead, repositories, textAt } from "../support/repository.ts";
import { expectUntouched, temporaryFolder } from "../support/workspace.ts";

const CILIUM = "kubernetes/apps/kube-system/cilium/app/values.yaml";
const POOLS = "kubernetes/apps/kube-system/cilium/config/pools.yaml";
const GATEWAYS = "kubernetes/apps/network/envoy-gateway/config/gateways.yaml";
const SOURCE = "kubernetes/apps/network/envoy-gateway/app/ocirepository.yaml";
const APPS = "kubernetes/apps/kustomization.yaml";
const WORKER = "talos/nodes/talos-worker-1.yaml";

const INTERNAL = "    internal: { address: 172.16.1.61, default: true }\n";

const made = repositories();

const smallerPool = (folder: string) =>
  edit(folder, "homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.68");
const withExternal = (folder: string) =>
  edit(folder, "homelab.yaml", INTERNAL, `${INTERNAL}    external: # to be\n      default: false\n`);

describe("gen apply", () => {
  it("has nothing to do in a repository that was just made", () => expectInLine(made.fresh()));

  it("carries a changed spec and a hand-edited values file into one file", async () => {
    const folder = made.fresh();
    edit(folder, CILIUM, "\n", "\n# mine: the first line\n");
    edit(folder, "homelab.yaml", "mode: dsr", "mode: snat");
    const { code, stdout, stderr } = await gen(join(folder, "docs"), "apply", "--yes");
    expect([code, stdout], stderr).toEqual([0, ""]);
    expect(stderr).toMatch(new RegExp(`merged +1 +your edits kept\n +${CILIUM}`));
    expect(textAt(folder, CILIUM)).toContain("# mine: the first line\n");
    expect(textAt(folder, CILIUM)).toContain("mode: snat");
    await expectInLine(folder);
  });

  it("proposes the address a new gateway leaves open and writes it down, comments kept", async () => {
    const folder = made.fresh();
    const before = withExternal(folder);
    const { code, stderr } = await gen(folder, "apply", "--yes");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("ingress.gateways.external.address: 172.16.1.62  the next free address of the pool");
    expect(textAt(folder, "homelab.yaml")).toBe(
      before.replace("      default: false\n", "      default: false\n      address: 172.16.1.62\n"),
    );
    expect(textAt(folder, GATEWAYS)).toContain("name: envoy-external");
    await expectInLine(folder);
  });

  it("takes away what a removed gateway needed, and leaves routes on it to the user", async () => {
    const folder = made.fresh();
    withExternal(folder);
    await gen(folder, "apply", "--yes");
    await gen(folder, "add-route", "echo2.ragas.cc", "--gateway", "external", "--yes");
    await gen(folder, "add-route", "echo3.ragas.cc", "--gateway", "all", "--yes");
    const route = (name: string) => textAt(folder, `kubernetes/apps/default/echo/app/httproute-${name}.ragas.cc.yaml`);
    expect(route("echo3")).toContain("envoy-external");
    const only = route("echo2");
    edit(folder, "homelab.yaml", /^ {4}external:.*\n(?: {6}.*\n)*/m, "");
    const { code, stderr } = await gen(folder, "apply", "--yes");
    expect(code, stderr).toBe(0);
    expect(stderr).toContain("add-route echo2.ragas.cc is left as it is: homelab.yaml has no gateway external");
    expect(textAt(folder, GATEWAYS)).not.toContain("envoy-external");
    expect(route("echo3")).not.toContain("envoy-external");
    expect(route("echo2")).toBe(only);
  });

  it("deletes what nobody touched, keeps and names what somebody did", async () => {
    const folder = made.fresh();
    const removed = edit(folder, "homelab.yaml", /^ {4}talos-worker-1: .*\n/m, "");
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    expect(existsSync(join(folder, WORKER))).toBe(false);

    const other = made.fresh();
    appendFileSync(join(other, WORKER), "# serial number 7\n");
    const mine = textAt(other, WORKER);
    writeFileSync(join(other, "homelab.yaml"), removed);
    const { stderr } = await gen(other, "apply", "--yes");
    expect(stderr).toMatch(new RegExp(`left over +1 .*\n +${WORKER}`));
    expect(textAt(other, WORKER)).toBe(mine);
    await expectInLine(other);
  });

  it("leaves a deleted file deleted until it is asked for by name", async () => {
    const folder = made.fresh();
    rmSync(join(folder, POOLS));
    smallerPool(folder);
    const { stderr } = await gen(folder, "apply", "--yes");
    expect(stderr).toMatch(new RegExp(`deleted +1 .*\n +${POOLS}`));
    expect(existsSync(join(folder, POOLS))).toBe(false);
    await expectInLine(folder);
    const back = await gen(join(folder, dirname(POOLS)), "apply", "--restore", "pools.yaml", "--yes");
    expect(back.code, back.stderr).toBe(0);
    expect(textAt(folder, POOLS)).toContain("172.16.1.68");
  });

  it("leaves a version where Renovate put it, and merges around it", async () => {
    const folder = made.fresh();
    const moved = edit(folder, SOURCE, /tag: .*/, "tag: 99.0.0");
    smallerPool(folder);
    const { code, stderr } = await gen(folder, "apply", "--yes");
    expect(code, stderr).toBe(0);
    expect(stderr).toMatch(/envoy-gateway +99\.0\.0 stays/);
    expect(textAt(folder, SOURCE)).toBe(moved);
  });

  it("keeps the line ends of a CRLF file", async () => {
    const folder = made.fresh();
    writeFileSync(join(folder, POOLS), `# mine\n${textAt(made.template, POOLS)}`.replaceAll("\n", "\r\n"));
    writeFileSync(join(folder, "homelab.yaml"), textAt(folder, "homelab.yaml").replaceAll("\n", "\r\n"));
    smallerPool(folder);
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    const expected = `# mine\n${textAt(made.template, POOLS).replace("172.16.1.69", "172.16.1.68")}`;
    expect(textAt(folder, POOLS)).toBe(expected.replaceAll("\n", "\r\n"));
    await expectInLine(folder);
  });

  it("never touches what was written once and is the user's", async () => {
    const folder = made.fresh();
    writeFileSync(join(folder, "README.md"), "mine\n");
    edit(folder, "homelab.yaml", "name: ragas\n", "name: other\n");
    expect((await gen(folder, "apply", "--yes")).code).toBe(0);
    expect(textAt(folder, "README.md")).toBe("mine\n");
    expect(textAt(folder, "docs/notes/README.md")).toBe(textAt(made.template, "docs/notes/README.md"));
    const other = made.fresh();
    edit(other, "homelab.yaml", "name: ragas\n", "name: other\n");
    const { stderr } = await gen(other, "apply", "--yes");
    expect(stderr).toMatch(/outdated +1 .*\n +README\.md/);
    expect(textAt(other, "README.md")).toBe(textAt(made.template, "README.md"));
    await gen(other, "apply", "--restore", "README.md", "--yes");
    expect(textAt(other, "README.md")).toContain("# other\n");
    await expectInLine(other);
  });

  it("adds to a list that somebody else added to in the same place", async () => {
    const folder = made.fresh();
    edit(folder, APPS, "  - ./network\n", "  - ./media\n  - ./network\n");
    // As if an older program had not known the last namespace: its base is a text without it.
    const older = textAt(made.template, APPS).replace("  - ./network\n", "");
    edit(folder, APPS, "  - ./network\n", "");
    rememberInstead(folder, { path: APPS, text: older });
    const { code, stderr } = await gen(folder, "apply", "--yes");
    expect(code, stderr).toBe(0);
    expect(textAt(folder, APPS)).toBe(
      textAt(made.template, APPS).replace("  - ./network\n", "  - ./media\n  - ./network\n"),
    );
  });

  it("works where the repository is a folder of a larger one", async () => {
    const folder = temporaryFolder("larger");
    const created = await runHere(
      "create-homelab-net",
      [".", "--config", REFERENCE_FILE, "--set", "repository.path=clusters/home", "--yes", "--no-git"],
      { cwd: folder },
    );
    expect(created.code, created.stderr).toBe(0);
    const root = join(folder, "clusters/home");
    smallerPool(root);
    expect((await gen(join(root, "talos"), "apply", "--yes")).code).toBe(0);
    expect(textAt(root, POOLS)).toContain("172.16.1.68");
    await expectInLine(root);
    mkdirSync(join(folder, "moved"));
    renameSync(root, join(folder, "moved/away"));
    const moved = await gen(join(folder, "moved/away"), "apply", "--yes");
    expect(moved.code).toBe(2);
    expect(moved.stderr).toContain("homelab.yaml says repository.path: clusters/home, and lies in");
  });

  it("takes what it finds as the user's where nothing is remembered", async () => {
    const folder = made.fresh();
    rmSync(join(folder, ".homelab-net/state"), { recursive: true });
    const { code, stderr } = await gen(folder, "apply", "--yes");
    expect([code, stderr.includes("is brought up to date")], stderr).toEqual([0, true]);
    await expectInLine(folder);
    rmSync(join(folder, ".homelab-net/state"), { recursive: true });
    edit(folder, POOLS, "172.16.1.69", "172.16.1.67");
    const other = await gen(folder, "apply", "--yes");
    expect(other.code).toBe(3);
    expect(other.stderr).toMatch(/a file that was not generated stands\s+here/);
  });

  it("says from which version it comes, and does not go back to an older one", async () => {
    const folder = made.fresh();
    rememberInstead(folder, { path: POOLS, text: textAt(made.template, POOLS).replace("69", "68"), version: "0.0.9" });
    edit(folder, POOLS, "69", "68");
    const shown = await gen(folder, "diff");
    expect(shown.code).toBe(3);
    expect(shown.stdout).toMatch(/create-homelab-net 0\.0\.9 → \d/);
    rememberInstead(folder, { version: "999.0.0" });
    const { code, stderr } = await gen(folder, "apply", "--yes");
    expect(code).toBe(2);
    expect(stderr).toContain("npx create-homelab-net@999.0.0 gen");
  });

  it("is refused while the spec is no network, with places in the text as it stands", async () => {
    const folder = made.fresh();
    withExternal(folder);
    edit(folder, "homelab.yaml", "172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.120");
    const line =
      textAt(folder, "homelab.yaml")
        .split("\n")
        .findIndex((text) => text.includes("172.16.1.120")) + 1;
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "apply", "--yes"));
    expect(code).toBe(2);
    expect(stderr).toContain(`homelab.yaml:${line}:`);
  });

  it.each([
    [["--restore", "docs/dnss.md"], "did you mean docs/dns.md?"],
    [["--restore", "homelab.yaml"], "it is yours alone"],
    [["--conflicts", "marks"], "did you mean mark?"],
    [["docs"], "takes no argument"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () => gen(made.template, "apply", ...args, "--yes"));
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
