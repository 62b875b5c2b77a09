/** OpenTofu with the provider for Proxmox, both built by `node scripts/tools.mjs`; nothing is fetched and no host asked. */
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtTool } from "./goTools.ts";
import { run, type RunResult } from "./run.ts";
import { temporaryFolder, writeFiles } from "./workspace.ts";

const PLATFORMS: Readonly<Record<string, string>> = { x64: "amd64", arm64: "arm64" };

/** A folder that takes the place of the registry: the version in it is the only one there is. */
async function mirror(): Promise<string> {
  const { path, version } = await builtTool("proxmox-provider");
  const root = temporaryFolder("mirror");
  const platform = `${process.platform}_${PLATFORMS[process.arch] ?? process.arch}`;
  const folder = join(root, "registry.opentofu.org/bpg/proxmox", version, platform);
  mkdirSync(folder, { recursive: true });
  copyFileSync(path, join(folder, `terraform-provider-proxmox_v${version}`));
  return root;
}

export type Tofu = (args: readonly string[], input?: string) => Promise<RunResult>;

/** Commands in a folder, by somebody who has these files at home. */
export async function tofuIn(cwd: string, atHome: Readonly<Record<string, string>> = {}): Promise<Tofu> {
  const { path } = await builtTool("opentofu");
  const home = temporaryFolder("tofu");
  writeFiles(home, atHome);
  const configuration = join(home, "tofurc");
  writeFileSync(
    configuration,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(await mirror())}\n  }\n}\n`,
  );
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    TF_CLI_CONFIG_FILE: configuration,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    PROXMOX_VE_API_TOKEN: "homelab-net@pve!opentofu=00000000-0000-0000-0000-000000000000",
  };
  return (args, input = "") => run(path, [...args, "-no-color"], { cwd, env, input, timeout: 120_000 });
}
