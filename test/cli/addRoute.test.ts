import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli, startCli } from "../support/cli.ts";
import { gen, repositories, textAt } from "../support/repository.ts";
import { expectUntouched, snapshotTree, temporaryFolder } from "../support/workspace.ts";

const APP = "kubernetes/apps/default/echo/app";
const NAMES = "kubernetes/apps/network/host-names/app/configmap.yaml";
const ROUTE = `${APP}/httproute-echo2.ragas.cc.yaml`;

const made = repositories();

describe("gen add-route", () => {
  it("adds a route and one line beside it; the second time changes nothing", async () => {
    const folder = made.fresh();
    const first = await gen(join(folder, "docs"), "add-route", "echo2.ragas.cc", "--yes");
    expect([first.code, first.stdout]).toEqual([0, ""]);
    expect(textAt(folder, ROUTE)).toContain("echo2.ragas.cc");
    const [before, after] = [
      textAt(made.template, `${APP}/kustomization.yaml`),
      textAt(folder, `${APP}/kustomization.yaml`),
    ];
    expect(after.replace("  - ./httproute-echo2.ragas.cc.yaml\n", "")).toBe(before);
    const second = await expectUntouched(folder, () => gen(folder, "add-route", "echo2.ragas.cc", "--yes"));
    expect(second.code).toBe(0);
    expect(second.stderr).toContain("nothing to do");
  });
  it("keeps what people wrote into the list it adds to", async () => {
    const folder = made.fresh();
    const path = `${APP}/kustomization.yaml`;
    const mine = textAt(folder, path)
      .replace("resources:\n", "# my list\nresources: # keep in order\n")
      .replace("  - ./httproute.yaml\n", "  - ./httproute.yaml   # the first one\n");
    writeFileSync(join(folder, path), mine);
    expect((await gen(folder, "add-route", "echo2.ragas.cc", "--yes")).code).toBe(0);
    expect(textAt(folder, path).replace("  - ./httproute-echo2.ragas.cc.yaml\n", "")).toBe(mine);
  });
  it("shows and does nothing in a dry run, and says so as JSON", async () => {
    const folder = made.fresh();
    const { stdout, code } = await expectUntouched(folder, () =>
      gen(folder, "add-route", "echo2.ragas.cc", "--dry-run", "--json"),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      command: "add-route",
      written: false,
      changes: [
        { action: "create", path: ROUTE },
        { action: "update" },
        { action: "update", path: "homelab.yaml" },
        { action: "update", path: NAMES },
      ],
    });
  });
  it("shows the lines with --diff", async () => {
    const folder = made.fresh();
    const { stderr } = await gen(folder, "add-route", "echo2.ragas.cc", "--dry-run", "--diff");
    expect(stderr).toContain("+  - ./httproute-echo2.ragas.cc.yaml");
  });
  it.each([
    [["echo2.example.com"], "is not under ragas.cc"],
    [["not a host"], "is not a host name"],
    [["echo2.ragas.cc", "--app", "ehco"], "did you mean echo?"],
    [["echo2.ragas.cc", "--gateway", "intrenal"], "did you mean internal?"],
    [["echo2.ragas.cc", "--service", "echo:80"], "is not NAMESPACE/NAME:PORT"],
    [["echo2.ragas.cc", "--service", "media/echo:80"], "no app under kubernetes/apps/media"],
    [["echo2.ragas.cc", "--service", "default/echo:9090"], "has no port 9090: 8080"],
    [["echo2.ragas.cc", "--service", "default/echo:8080", "--app", "cilium"], "is a Service of default/echo"],
    [["echo2.ragas.cc", "--gateway", ""], "--gateway needs a value"],
    [[""], "HOST is empty"],
    [[], "add-route needs a host name"],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await expectUntouched(made.template, () =>
      gen(made.template, "add-route", ...args, "--yes"),
    );
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
  it.each(["\r\n", "\n"])("keeps all else in homelab.yaml, line ends of %j and a missing last one", async (end) => {
    const folder = made.fresh();
    const path = `${APP}/kustomization.yaml`;
    for (const file of ["homelab.yaml", path])
      writeFileSync(join(folder, file), textAt(made.template, file).trimEnd().replaceAll("\n", end));
    const [spec, list] = [textAt(folder, "homelab.yaml"), textAt(folder, path)];
    expect((await gen(folder, "add-route", "echo2.ragas.cc", "--yes")).code).toBe(0);
    const named = ["policies:", "  names:", "    default:", "      - echo2.ragas.cc"].join(end);
    expect(textAt(folder, "homelab.yaml")).toBe(`${spec}${end}${named}`);
    expect(textAt(folder, path).replace(`  - ./httproute-echo2.ragas.cc.yaml${end}`, "")).toBe(list);
    expect((await gen(folder, "explain", "lan.cidr")).stdout).toContain("homelab.yaml:10:9");
  });
  it("lists a route again that was taken out of its list", async () => {
    const folder = made.fresh();
    const path = `${APP}/kustomization.yaml`;
    await gen(folder, "add-route", "echo2.ragas.cc", "--yes");
    const listed = textAt(folder, path);
    writeFileSync(join(folder, path), textAt(made.template, path));
    const route = textAt(folder, ROUTE).replace("kind: HTTPRoute", "# mine\nkind: HTTPRoute");
    writeFileSync(join(folder, ROUTE), route);
    expect((await gen(folder, "add-route", "echo2.ragas.cc", "--yes")).code).toBe(0);
    expect([textAt(folder, path), textAt(folder, ROUTE)]).toEqual([listed, route]);
  });
  it.each(["kustomization.yml", "Kustomization"])("adds to a list that is called %s", async (name) => {
    const folder = made.fresh();
    renameSync(join(folder, APP, "kustomization.yaml"), join(folder, APP, name));
    expect((await gen(folder, "add-route", "echo2.ragas.cc", "--yes")).code).toBe(0);
    expect(textAt(folder, `${APP}/${name}`)).toContain("./httproute-echo2.ragas.cc.yaml");
    expect(existsSync(join(folder, APP, "kustomization.yaml"))).toBe(false);
  });
  it("names a gateway once", async () => {
    const folder = made.fresh();
    await gen(folder, "add-route", "echo2.ragas.cc", "--gateway", "internal,internal", "--yes");
    expect(textAt(folder, ROUTE).match(/envoy-internal/g)).toHaveLength(1);
  });
  it.each([
    ["homelab.yaml", "there is no file homelab.yaml in"],
    [".homelab-net", "there is no folder .homelab-net in"],
  ])("says what is missing of a repository without %s", async (part, message) => {
    const folder = made.fresh();
    rmSync(join(folder, part), { recursive: true });
    const { code, stderr } = await gen(join(folder, "docs"), "list");
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  });
  it("says what to do about a lock that is no file", async () => {
    const folder = made.fresh();
    mkdirSync(join(folder, ".homelab-net/lock"));
    const { code, stderr } = await gen(folder, "add-route", "echo2.ragas.cc", "--yes");
    expect([code, stderr]).toEqual([2, expect.stringContaining("remove .homelab-net/lock")]);
  });
  it("is refused outside a repository", async () => {
    const { code, stderr } = await gen(temporaryFolder("nowhere"), "add-route", "echo2.ragas.cc");
    expect(code).toBe(2);
    expect(stderr).toContain("no homelab.yaml");
  });
  it("is refused while the spec is broken, with the place", async () => {
    const folder = made.fresh();
    writeFileSync(
      join(folder, "homelab.yaml"),
      textAt(folder, "homelab.yaml").replace("172.16.1.60-172.16.1.69", "172.16.1.60-172.16.1.120"),
    );
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-route", "echo2.ragas.cc", "--yes"));
    expect(code).toBe(2);
    expect(stderr).toMatch(/error\[LB-POOL-DHCP\].*homelab\.yaml:\d+:\d+/s);
  });
  it("is refused while what gen remembers cannot be read", async () => {
    const folder = made.fresh();
    const record = join(folder, ".homelab-net/state/create/network.jsonl");
    writeFileSync(record, readFileSync(record, "utf8").replace("docs/dns.md", "../../outside"));
    const { code, stderr } = await expectUntouched(folder, () => gen(folder, "add-route", "echo2.ragas.cc", "--yes"));
    expect(code).toBe(2);
    expect(stderr).toContain(".homelab-net/state/create/network.jsonl");
  });
  it("writes nothing through a symbolic link", async () => {
    const folder = made.fresh();
    const outside = temporaryFolder("outside");
    renameSync(join(folder, APP), join(outside, "app"));
    symlinkSync(join(outside, "app"), join(folder, APP));
    const { code } = await expectUntouched(outside, () =>
      expectUntouched(folder, () =>
        gen(folder, "add-route", "echo2.ragas.cc", "--service", "default/echo:8080", "--yes"),
      ),
    );
    expect(code).toBe(2);
  });
  it("needs the user when a file changes between question and answer", async () => {
    const folder = made.fresh();
    const terminal = startCli("gen", ["add-route", "echo2.ragas.cc", "--app", "echo"], { cwd: folder });
    await terminal.waitFor("Write?");
    appendFileSync(join(folder, APP, "kustomization.yaml"), "# meanwhile\n");
    terminal.key("enter");
    expect((await terminal.exit).code).toBe(3);
    expect(existsSync(join(folder, ROUTE))).toBe(false);
  });
  it("does not run beside another run", async () => {
    const folder = made.fresh();
    mkdirSync(join(folder, ".homelab-net"), { recursive: true });
    const held = startCli("gen", ["add-route", "echo2.ragas.cc", "--app", "echo"], { cwd: folder });
    await held.waitFor("Write?");
    held.key("ctrl-c");
    expect((await held.exit).code).toBe(130);
    expect((await gen(folder, "add-route", "echo2.ragas.cc", "--yes")).code).toBe(0);
  });
});

describe("a run that is killed while it writes", () => {
  const preload = pathToFileURL(join(import.meta.dirname, "../support/kill-at.mjs")).href;
  const killedAt = (rename: number, cwd: string) =>
    runCli("gen", ["add-route", "echo2.ragas.cc", "--yes"], {
      cwd,
      env: { NODE_OPTIONS: `--import=${preload}`, KILL_AT: String(rename) },
    });
  const RENAMES = 9;
  let before: ReturnType<typeof snapshotTree>;
  let after: ReturnType<typeof snapshotTree>;
  beforeAll(async () => {
    const folder = made.fresh();
    before = snapshotTree(folder);
    const { code } = await killedAt(RENAMES + 1, folder);
    if (code !== 0) throw new Error(`there are more than ${RENAMES} renames`);
    after = snapshotTree(folder);
  });
  // The first one says that everything is staged.
  it.each([
    [1, "undone"],
    [2, "finished"],
    [3, "finished"],
    [4, "finished"],
    [5, "finished"],
  ] as const)("at rename %i is %s by the next gen of any kind", async (rename, outcome) => {
    const folder = made.fresh();
    expect((await killedAt(rename, folder)).signal).toBe("SIGKILL");
    const next = await gen(folder, "list", "rules");
    expect([next.code, next.stderr]).toEqual([0, expect.stringContaining(`a change that was cut short: ${outcome}`)]);
    expect(snapshotTree(folder)).toEqual(outcome === "finished" ? after : before);
  });
});
