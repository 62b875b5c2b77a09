/** Needs HOMELAB_NET_TOOLS: whom Alertmanager tells, judged by the program that comes with it. */
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { at } from "../../src/model/unknown.ts";
import { emittedNetworks } from "../fixtures/emitted.ts";
import { builtTool } from "../support/goTools.ts";
import { run } from "../support/run.ts";
import { temporaryFolder, writeFiles } from "../support/workspace.ts";

const configs = emittedNetworks.flatMap(({ name, tree }) =>
  [...tree].flatMap(([path, { content }]) => {
    if (!path.endsWith("/kube-prometheus-stack/app/values.yaml")) return [];
    const config = at(parse(content), "alertmanager", "config");
    return config === undefined ? [] : [{ name, config: stringify(config) }];
  }),
);

async function amtool(config: string, ...words: readonly string[]) {
  const folder = temporaryFolder("amtool");
  writeFiles(folder, { "alertmanager.yaml": config });
  const { path } = await builtTool("amtool");
  const file = join(folder, "alertmanager.yaml");
  const { code, stdout, stderr } = await run(
    path,
    words.length === 0 ? ["check-config", file] : ["config", "routes", "test", `--config.file=${file}`, ...words],
  );
  return { code, said: `${stdout}${stderr}` };
}

describe("amtool", () => {
  it("has configurations to judge", () => expect(configs.length).toBeGreaterThan(3));

  it.each(configs)("takes whom $name tells", async ({ config }) => {
    const { code, said } = await amtool(config);
    expect(said).toContain("SUCCESS");
    expect(code).toBe(0);
  });

  const [{ config = "" } = {}] = configs;
  it.each([
    ["a receiver that is not there", "receiver: house", "receiver: hous"],
    ["a time that is none", "repeat_interval: 1d", "repeat_interval: daily"],
    ["a receiver without an address", /url_file: .*address\/address/, "max_alerts: 1"],
  ])("refuses %s", async (_what, before, after) => {
    const broken = config.replace(before, after);
    expect(broken).not.toBe(config);
    expect((await amtool(broken)).code).not.toBe(0);
  });

  it.each([
    [["severity=critical", "alertname=CertificateEnds"], "house"],
    [["severity=warning", "alertname=NodeFilesystemSpaceFillingUp"], "house"],
    [["severity=info", "alertname=CPUThrottlingHigh"], "nobody"],
    [["severity=none", "alertname=InfoInhibitor"], "nobody"],
    [["severity=none", "alertname=Watchdog"], "heartbeat"],
  ])("takes %s to %s", async (labels, receiver) => {
    expect((await amtool(config, ...labels)).said.trim()).toBe(receiver);
  });
});
