/** What FRR has to say about a configuration. `.ci/run` installs it; HOMELAB_NET_TOOLS tells that it is there. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./run.ts";

// Where Debian's package and that of FRR have the daemons, which are on no PATH.
const BGPD = "/usr/lib/frr/bgpd";

/** Complaints of the shell, which knows the words of all daemons, and of the daemon that speaks BGP. None: it is taken. */
export async function frrComplaints(configuration: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "homelab-net-frr-"));
  try {
    const file = join(folder, "frr.conf");
    writeFileSync(file, configuration);
    const said = [
      await run("vtysh", ["--dryrun", "--inputfile", file]),
      await run(BGPD, ["--dryrun", "--config_file", file]),
    ];
    return said
      .map(({ code, stdout, stderr }) => (code === 0 ? "" : `${stdout}${stderr}` || `ended with ${code}`))
      .join("");
  } finally {
    rmSync(folder, { recursive: true });
  }
}
