/** Machines that Ansible looks after: what only it brings, and routes that lead somewhere. */
import { announcementOf } from "../../model/bgp.ts";
import { managedHosts, openNodes, wantsPoolRoutes } from "../../model/hostRole.ts";
import { toldRouter } from "../../model/poolRoutes.ts";
import { both, familyName } from "../../model/families.ts";
import type { Host } from "../../model/plan.ts";
import type { Rule } from "../rule.ts";

const ROUTES = "loadBalancer.nodeRoutes";

/** Keys of a host that nobody but Ansible acts on. */
const broughtByAnsible = ({ exports, nodeExporter }: Host): readonly string[] => [
  ...(exports.length > 0 ? ["exports"] : []),
  ...(nodeExporter ? ["nodeExporter"] : []),
];

export const hostManaged: Rule = {
  id: "HOST-MANAGED",
  severity: "error",
  title: "what Ansible brings to a host stands at one that it manages",
  because: "Nobody else brings it, so the host would not have what this file says.",
  source: "homelab.yaml: lan.hosts",
  *check(plan) {
    for (const host of plan.lan.hosts) {
      const keys = host.managed ? [] : broughtByAnsible(host);
      const [first] = keys;
      if (first === undefined) continue;
      yield {
        message: `${host.name} has ${both(keys)}, and nothing looks after it`,
        paths: keys.map((key) => `lan.hosts.${host.name}.${key}`),
        fix: `lan.hosts.${host.name}.managed: true, where it runs Debian, Ubuntu or Raspberry Pi OS`,
      };
    }
  },
};

export const folderOnce: Rule = {
  id: "HOST-FOLDER",
  severity: "error",
  title: "a host exports no folder inside another of its own",
  because: "Whoever mounts the outer one has the inner one already, or an empty folder in its place.",
  source: "exports(5): crossmnt, nohide",
  unless: ["HOST-MANAGED"],
  *check(plan) {
    for (const { name, exports } of plan.lan.hosts) {
      for (const [index, folder] of exports.entries()) {
        const outer = exports.find(
          (other, at) => at !== index && `${folder}/`.startsWith(`${other}/`) && (other !== folder || at < index),
        );
        if (outer === undefined) continue;
        yield {
          message:
            outer === folder
              ? `${name} exports ${folder} twice`
              : `${name} exports ${folder}, which lies inside ${outer}`,
          paths: [`lan.hosts.${name}.exports.${index}`],
          fix: "leave one of them out",
        };
      }
    }
  },
};

export const routesWithBgp: Rule = {
  id: "LB-ROUTES-ARP",
  severity: "error",
  title: "machines have routes to pools that a router is told the way to",
  because:
    "Without BGP the addresses of a pool are of the LAN, where machines find them by ARP or NDP; a router that was sent a packet for one has no way to it.",
  source: "RFC 1122 §3.3.1: a host sends to its own network directly; tried with FRR 8.4",
  *check(plan) {
    if (!wantsPoolRoutes(plan) || announcementOf(plan) === "bgp") return;
    yield {
      message: "machines would get routes to the pools through the router, and no router is told where they are",
      paths: [ROUTES],
      fix: `leave ${ROUTES} out, or a load balancer with mode: bgp`,
    };
  },
};

export const routesTaken: Rule = {
  id: "LB-ROUTES-NOBODY",
  severity: "error",
  title: "routes to pools are for machines that can take them",
  because:
    "Ansible reaches no node that is made by its configuration alone. Such nodes send to lan.gateway what is not of their network.",
  source: "Talos documentation, Philosophy: no shell and no SSH on a machine",
  unless: ["LB-ROUTES-ARP"],
  *check(plan) {
    if (!wantsPoolRoutes(plan) || openNodes(plan).length > 0 || managedHosts(plan).length > 0) return;
    yield {
      message: "no node can be logged in to, and no host is managed: nobody takes the routes",
      paths: [ROUTES, "cluster.distribution"],
      fix: `leave ${ROUTES} out, or managed: true at a machine of lan.hosts`,
    };
  },
};

export const routesHaveRouter: Rule = {
  id: "LB-ROUTES-ROUTER",
  severity: "error",
  title: "a router of the LAN is told the way to each pool that machines have routes to",
  because: "A route leads to a machine of the same network, so one that is further away cannot be named in it.",
  source: "ip-route(8): via; RFC 1122 §3.3.1.2: gateways are on a connected network",
  unless: ["LB-ROUTES-ARP", "BGP-ROUTER", "BGP-ROUTERS", "BGP-FAMILY"],
  *check(plan) {
    if (!wantsPoolRoutes(plan) || announcementOf(plan) !== "bgp") return;
    for (const { name, range, path } of plan.pools) {
      if (toldRouter(plan, range.family) !== undefined) continue;
      yield {
        message: `no router of bgp.peers has an ${familyName(range.family)} address of your LAN, through which machines could reach the pool ${name}`,
        paths: [ROUTES, path],
        fix: `a router of the LAN in bgp.peers, or leave ${ROUTES} out`,
      };
    }
  },
};
