/** The built program in a pseudo-terminal. */
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ANSWERS_FOR_MACHINES } from "../fixtures/createFlags.ts";
import { runCli, startCli } from "../support/cli.ts";
import { ANSWERS, OF_THE_PRESET, type Answered } from "./terminalAnswers.ts";
import { gen, repositories } from "../support/repository.ts";
import { snapshotTree, temporaryFolder } from "../support/workspace.ts";

const made = repositories();

type Terminal = ReturnType<typeof startCli>;

/** Types over what may be offered, so that the machine this runs on does not matter. */
async function answer(terminal: Terminal, [question, text]: Answered): Promise<void> {
  // A question that has been answered stays on the screen with another mark before it.
  await terminal.waitFor(`? ${question}`);
  if (typeof text !== "string") return terminal.key(...text);
  terminal.type(text);
  terminal.key("enter");
}

async function answerTo(terminal: Terminal, last: string): Promise<void> {
  for (const pair of ANSWERS) {
    if (pair[0] === last) break;
    await answer(terminal, pair);
  }
  await terminal.waitFor(last);
}

const start = (cwd: string): Terminal => startCli("create-homelab-net", [], { cwd });

describe("create-homelab-net in a terminal", () => {
  it("writes the same bytes as the same run by flags", async () => {
    const folder = temporaryFolder("asked");
    const terminal = start(folder);
    for (const pair of ANSWERS) await answer(terminal, pair);
    // The second choice and back: what is chosen with the arrow keys is what counts.
    await answer(terminal, ["Kubernetes API", ["down", "up", "enter"]]);
    for (const offered of [
      "Pod network",
      "Load balancer",
      "Gateways",
      "Split DNS",
      "Secrets",
      "Connections to Services",
      "Addresses are announced",
    ])
      await answer(terminal, [offered, offered.startsWith("Conn") ? ["down", "enter"] : ""]);
    await answer(terminal, ["Way in from the internet", ["down", "enter"]]);
    for (const offered of ["Published names", "Certificates"]) await answer(terminal, [offered, ""]);
    // The first, marked by hand; what it keeps its numbers on is offered then.
    await answer(terminal, ["Seeing the network", ["space", "enter"]]);
    for (const offered of [
      "Storage",
      "Platform parts",
      "Way home from outside",
      "Address of the Kubernetes API",
      "LoadBalancer pool",
    ])
      await answer(terminal, [offered, ""]);
    await terminal.waitFor("make the first commit?");
    terminal.key("enter");
    expect((await terminal.exit).code).toBe(0);

    const flagged = temporaryFolder("flagged");
    const flags = {
      ...ANSWERS_FOR_MACHINES,
      name: "ragas",
      "load-balancing": "dsr",
      internet: "cloudflare-tunnel",
      observability: "prometheus",
    };
    const args = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]);
    expect((await runCli("create-homelab-net", ["home", ...args, "--yes"], { cwd: flagged })).code).toBe(0);
    expect(snapshotTree(join(flagged, "home"))).toEqual(snapshotTree(join(folder, "home")));
  });

  it.each([80, 100])("writes the preset where its own answers are given, in %i columns", async (cols) => {
    const folder = temporaryFolder("own");
    const terminal = startCli("create-homelab-net", ["home"], { cwd: folder, cols });
    for (const pair of OF_THE_PRESET) await answer(terminal, pair);
    await terminal.waitFor("make the first commit?");
    // The screen has lines that were broken by the terminal as one.
    expect(
      terminal
        .screen()
        .split("\n")
        .filter((line) => line.length > cols),
    ).toEqual([]);
    terminal.key("enter");
    expect((await terminal.exit).code).toBe(0);

    const named = temporaryFolder("named");
    const args = ["home", "--preset", "talos-cilium-envoy", "--yes"];
    expect((await runCli("create-homelab-net", args, { cwd: named })).code).toBe(0);
    expect(snapshotTree(join(folder, "home"))).toEqual(snapshotTree(join(named, "home")));
  });

  it.each(["Start from", "Folder of the new repository", "Workers", "Disk to install on"])(
    "leaves nothing behind after Ctrl-C at %s",
    async (question) => {
      const folder = temporaryFolder("cancelled");
      const terminal = start(folder);
      await answerTo(terminal, question);
      terminal.key("ctrl-c");
      expect((await terminal.exit).code).toBe(130);
      expect(terminal.screen()).toContain("Cancelled, nothing was written.");
      expect(terminal.cursorVisible()).toBe(true);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it("leaves nothing behind after Ctrl-C at the last question", async () => {
    const folder = temporaryFolder("cancelled");
    const terminal = startCli("create-homelab-net", ["home", "--preset", "talos-cilium-envoy"], { cwd: folder });
    await terminal.waitFor("make the first commit?");
    terminal.key("ctrl-c");
    expect((await terminal.exit).code).toBe(130);
    expect(terminal.cursorVisible()).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("takes no for an answer", async () => {
    const folder = temporaryFolder("no");
    const terminal = startCli("create-homelab-net", ["home", "--preset", "talos-cilium-envoy"], { cwd: folder });
    await terminal.waitFor("make the first commit?");
    terminal.type("n");
    terminal.key("enter");
    expect((await terminal.exit).code).toBe(0);
    expect(terminal.screen()).toContain("Nothing was written.");
    expect(readdirSync(folder)).toEqual([]);
  });

  it("says at the question what is wrong with an answer", async () => {
    const terminal = start(temporaryFolder("wrong"));
    await answerTo(terminal, "Your LAN");
    terminal.key("ctrl-u");
    terminal.type("172.16.1.5/24");
    terminal.key("enter");
    await terminal.waitFor("172.16.1.0/24");
    terminal.key("ctrl-c");
    expect((await terminal.exit).code).toBe(130);
  });

  it.each(["Folder of the new repository", "Your LAN"])(
    "ends like Ctrl-C when the input ends at %s",
    async (question) => {
      const folder = temporaryFolder("ended");
      const terminal = start(folder);
      await answerTo(terminal, question);
      terminal.key("ctrl-u", "ctrl-d");
      expect((await terminal.exit).code).toBe(130);
      expect(terminal.screen()).toContain("Cancelled, nothing was written.");
      expect(terminal.cursorVisible()).toBe(true);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it("says at the first question where no repository can be made", async () => {
    const folder = temporaryFolder("file");
    writeFileSync(join(folder, "home"), "a file\n");
    const terminal = start(folder);
    await answer(terminal, ["Start from", ["down", "enter"]]);
    await answer(terminal, ["Folder of the new repository", "home"]);
    await terminal.waitFor("it is a file");
    terminal.key("ctrl-c");
    expect((await terminal.exit).code).toBe(130);
  });

  it("says before the first question what is wrong with the file it starts from", async () => {
    const folder = temporaryFolder("typo");
    writeFileSync(join(folder, "mine.yaml"), "version: 1\ndomain: [ragas.cc]\n");
    const terminal = startCli("create-homelab-net", ["home", "--config", "mine.yaml"], { cwd: folder });
    expect((await terminal.exit).code).toBe(2);
    expect(terminal.screen()).toContain("did you mean `domains`?");
  });

  it("asks nothing where JSON or the defaults are wanted", async () => {
    const cwd = temporaryFolder("unasked");
    const json = startCli("create-homelab-net", ["home"], { cwd, env: { HOMELAB_NET_JSON: "1" } });
    expect((await json.exit).code).toBe(2);
    expect(json.screen()).toContain('"ok": false');
    const yes = startCli("create-homelab-net", ["home", "--yes"], { cwd });
    expect((await yes.exit).code).toBe(2);
    expect(yes.screen()).toContain("--yes asks for none");
  });

  it("asks nothing in CI", async () => {
    const terminal = startCli("create-homelab-net", ["home"], { cwd: temporaryFolder("ci"), env: { CI: "true" } });
    expect((await terminal.exit).code).toBe(2);
    expect(terminal.screen()).toContain("answers are missing");
  });
});

describe("gen add-route in a terminal", () => {
  it("asks where a name leads that nothing answers for, until the answer will do", async () => {
    const folder = made.fresh();
    const terminal = startCli("gen", ["add-route", "nas.ragas.cc"], { cwd: folder });
    await answer(terminal, ["What answers for nas.ragas.cc?", ["down", "down", "enter"]]);
    await answer(terminal, ["Its address", "172.16.1.61"]);
    await terminal.waitFor("which runs in this cluster");
    for (let typed = "172.16.1.61".length; typed > 0; typed--) terminal.key("backspace");
    terminal.type("172.16.1.20");
    terminal.key("enter");
    await answer(terminal, ["How is it spoken to?", ["down", "enter"]]);
    await answer(terminal, ["Port", "5001"]);
    await answer(terminal, ["Write?", ""]);
    expect((await terminal.exit).code).toBe(0);

    const byFlags = made.fresh();
    const flags = ["--to", "https://172.16.1.20:5001", "--tls-skip-verify", "--yes"];
    expect((await gen(byFlags, "add-route", "nas.ragas.cc", ...flags)).code).toBe(0);
    expect(snapshotTree(folder)).toEqual(snapshotTree(byFlags));
  });
});
