/** What dnsmasq and nftables have to say about their files. `node scripts/tools.mjs` installs them. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./run.ts";
import { temporaryFolder } from "./workspace.ts";

export async function dnsmasqComplaints(configuration: string): Promise<string> {
  const { code, stderr } = await run("/usr/sbin/dnsmasq", ["--test", `--conf-file=${written(configuration)}`]);
  return code === 0 ? "" : stderr;
}

/** As Debian has it after installing nftables: nothing is let in or out by it yet. */
const OF_DEBIAN = `
add table inet filter
add chain inet filter input { type filter hook input priority filter; }
add chain inet filter forward { type filter hook forward priority filter; }
`;

/** Its tables are looked at in a namespace of their own: a check asks the kernel as well. */
export async function nftablesComplaints(rules: string): Promise<string> {
  const file = written(`${OF_DEBIAN}${rules}`);
  const { code, stderr } = await run("unshare", ["--net", "/usr/sbin/nft", "--check", "--file", file]);
  return code === 0 ? "" : stderr;
}

function written(text: string): string {
  const file = join(temporaryFolder("linux-router"), "configuration");
  writeFileSync(file, text);
  return file;
}
