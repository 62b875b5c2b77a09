/** Volumes on a file server: which machine that is, and whether it lets nodes in. */
import { csiDriverNfs, fileServer } from "../../catalog/csi-driver-nfs.ts";
import { parseIp } from "../../model/address.ts";
import { optionsOf } from "../../model/chosen.ts";
import { suggest } from "../../model/suggest.ts";
import type { Rule } from "../rule.ts";

const SERVER = "storage.nfs.server";

export const serverNamed: Rule = {
  id: "NFS-SERVER",
  severity: "error",
  title: "the file server is a machine that is known",
  because: "Nodes mount it by its address.",
  source: "homelab.yaml: lan.hosts",
  *check(plan) {
    const options = optionsOf(plan, csiDriverNfs);
    if (options === undefined || parseIp(options.server) !== undefined || fileServer(plan, options)) return;
    const near = suggest(
      options.server,
      plan.lan.hosts.map(({ name }) => name),
    );
    yield {
      message: `volumes are on ${options.server}, and no machine of lan.hosts is called so`,
      paths: [SERVER, "lan.hosts"],
      fix: near === undefined ? "a machine of lan.hosts, or the address of the server" : `did you mean ${near}?`,
    };
  },
};

export const exportedToNodes: Rule = {
  id: "NFS-EXPORT",
  severity: "error",
  title: "a managed host exports the folder that volumes are in",
  because: "Ansible writes whom the host lets mount what, and a folder that it is not told of is closed to every node.",
  source: "exports(5); homelab.yaml: lan.hosts.*.exports",
  *check(plan) {
    const options = optionsOf(plan, csiDriverNfs);
    if (options === undefined) return;
    const host = fileServer(plan, options);
    if (host?.managed !== true) return;
    if (host.exports.some((folder) => `${options.path}/`.startsWith(`${folder}/`))) return;
    const key = `lan.hosts.${host.name}.exports`;
    yield {
      message: `volumes are in ${options.path} of ${host.name}, which ${
        host.exports.length === 0 ? "exports nothing" : `exports ${host.exports.join(", ")}`
      }`,
      paths: ["storage.nfs.path", key],
      fix: `${options.path} in ${key}`,
    };
  },
};
