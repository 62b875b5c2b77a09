/** Routers and the nodes that tell them the way: each side knows the other, and takes no more than is meant. */
import { asList, at } from "../../../src/model/unknown.ts";
import { documents, objects, pathsOf, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";
import { apiSessions, CONFIGURATION, configurations, ofServices, routerPasswords, sessions } from "./routerSessions.ts";
import { toldForApi } from "./kubeVipApi.ts";
import { isKeptAway, nodesOf, taintsOf } from "./machines.ts";

/** In words of FRR; those in others are held against the plan by test/contract/routerSyntax.test.ts. */
const isTold = (files: Files): boolean =>
  sessions(files).length > 0 && pathsOf(files, /^routers\/[^/]+\/homelab\.(rsc|vyos)$/).length === 0;

/** Whether Services are among what routers are told. */
const forServices = (files: Files): boolean => ofServices(files).length > 0;

/**
 * Nodes with a session. Those with the label that keeps load balancers away have none. Agents of Cilium and pods of
 * kube-vip tolerate every taint, those of MetalLB that of control planes (metallb 0.16.1, templates/speaker.yaml;
 * frr-k8s 0.0.25, templates/controller.yaml: tolerateMaster). BIRD of Calico runs on every node.
 */
const speaking = (files: Files): readonly string[] =>
  nodesOf(files).filter((name) => (forServices(files) && speaksForServices(files, name)) || speaksForApi(files, name));

const speaksForServices = (files: Files, name: string): boolean =>
  valuesOf(files, "kube-vip") !== undefined ||
  (valuesOf(files, "calico") !== undefined && valuesOf(files, "metallb") === undefined) ||
  (!isKeptAway(files, name) &&
    (valuesOf(files, "metallb") === undefined ||
      taintsOf(files, name).every((key) => key === "node-role.kubernetes.io/control-plane")));

/** Of the pods that control planes bring with them. */
const speaksForApi = (files: Files, name: string): boolean =>
  apiSessions(files) !== "" && at(specOf(files), "cluster", "nodes", name, "role") === "control-plane";

const addressesOf = (files: Files, name: string): readonly string[] =>
  [at(specOf(files), "cluster", "nodes", name, "ip")].flat().map(String);

/** First addresses of what routers are told the way to. */
const toldRanges = (files: Files): readonly string[] => [
  ...(forServices(files) ? poolsOf(files) : []),
  ...(apiSessions(files) === "" ? [] : (toldForApi(files).get("address") ?? "").split(",")),
];

const poolsOf = (files: Files): readonly string[] => [
  ...objects(files, "ConfigMap").flatMap(({ object }) =>
    String(at(object, "data", "range-global") ?? "")
      .split(",")
      .filter((range) => range !== "")
      .map((range) => range.split("-")[0] ?? ""),
  ),
  ...[/\/(cilium|metallb|calico)\/config\/pools\.yaml$/].flatMap((path) =>
    pathsOf(files, path).flatMap((file) =>
      documents(files, file).flatMap((pool) => [
        ...asList(at(pool, "spec", "blocks")).map((block) => `${String(at(block, "start"))}`),
        ...[at(pool, "spec", "cidr") ?? []].flat().map((network) => String(network).split("/")[0] ?? ""),
        ...asList(at(pool, "spec", "addresses")).map((range) => String(range).split("-")[0] ?? ""),
      ]),
    ),
  ),
];

export const routers: readonly Check[] = [
  ...routerPasswords,
  {
    id: "routers-know-every-node-that-speaks",
    says: "each router the cluster talks to has a file, and the files know every node with a session and no other, by its number",
    check(files) {
      if (!isTold(files)) return unless(configurations(files).length === 0, "a router waits for nobody");
      const whole = configurations(files);
      const isKnown = (ip: string): boolean => whole.some((text) => text.includes(` neighbor ${ip} peer-group `));
      const asn = String(at(specOf(files), "bgp", "asn"));
      return [
        ...unless(whole.length > 0, "no router has a file"),
        ...nodesOf(files).flatMap((name) =>
          addressesOf(files, name)
            .filter((ip) => isKnown(ip) !== speaking(files).includes(name))
            .map((ip) => (isKnown(ip) ? `a router waits for ${ip}` : `no router knows ${ip}`)),
        ),
        ...whole.flatMap((text) => unless(text.includes(`remote-as ${asn}\n`), `nodes are not ${asn} to a router`)),
      ];
    },
    broken: [
      (files) => replaced(files, CONFIGURATION, /^ neighbor \S+ peer-group \S+\n/m, ""),
      (files) => replaced(files, CONFIGURATION, /remote-as \d+/g, "remote-as 65000"),
      (files) =>
        forServices(files) && apiSessions(files) === ""
          ? replaced(files, /^k3s\/server\.yaml$/, /^node-label:\n.*\n/m, "")
          : files,
      // A taint nobody tolerates keeps the speaker of MetalLB off a node that routers know.
      (files) =>
        isTold(files) && valuesOf(files, "metallb") !== undefined
          ? replaced(
              files,
              /^kubeadm\/nodes\/jast\.yaml$/,
              /^ {2}name: jast\n/m,
              "  name: jast\n  taints: [{ key: nvidia.com/gpu, effect: NoSchedule }]\n",
            )
          : files,
    ],
  },
  {
    id: "routers-wait-for-nodes",
    says: "no router opens a session: what listens on a node may be another speaker",
    check: (files) =>
      configurations(files).flatMap((text) => {
        const groups = text.match(/^ neighbor \S+ peer-group$/gm)?.length ?? 0;
        return unless(groups === (text.match(/^ neighbor \S+ passive$/gm)?.length ?? 0), "a router calls");
      }),
    broken: (files) => replaced(files, CONFIGURATION, /^ neighbor \S+ passive\n/m, ""),
  },
  {
    id: "routers-take-pools-and-nothing-else",
    says: "what comes in is in a list of what nodes are to tell, what goes out is nothing, and all of it is in a list",
    check(files) {
      const whole = configurations(files).join("\n");
      return configurations(files)
        .flatMap((text) => {
          const groups = [...text.matchAll(/^ {2}neighbor (\S+) activate$/gm)].map(([, group]) => group ?? "");
          return groups.flatMap((group) => [
            ...unless(text.includes(`  neighbor ${group} route-map ${group}-in in\n`), `${group} says anything`),
            ...unless(text.includes(`  neighbor ${group} route-map ${group}-out out\n`), `${group} is told anything`),
            ...unless(text.includes(`route-map ${group}-out deny 10\n`), `${group} is told something`),
            ...unless(new RegExp(`address prefix-list ${group}\\n`).test(text), `${group} has no list`),
          ]);
        })
        .concat(
          isTold(files)
            ? [
                ...toldRanges(files)
                  .filter((first) => !whole.includes(` permit ${first}/`))
                  .map((first) => `what begins with ${first} is let in by no router`),
                ...unless(
                  forServices(files) || poolsOf(files).every((first) => !whole.includes(` permit ${first}/`)),
                  "a pool of the LAN is let in",
                ),
              ]
            : [],
        );
    },
    broken: [
      (files) => replaced(files, CONFIGURATION, /^ {2}neighbor \S+ route-map \S+ in\n/m, ""),
      (files) => replaced(files, CONFIGURATION, /^ {2}neighbor \S+ route-map \S+ out\n/m, ""),
      (files) => replaced(files, CONFIGURATION, / deny 10\n/, " permit 10\n"),
      (files) => replaced(files, CONFIGURATION, /^ip prefix-list .*\n/m, ""),
      (files) =>
        isTold(files) && !forServices(files)
          ? replaced(files, CONFIGURATION, /$/, "ip prefix-list more seq 5 permit 172.16.1.60/32\n")
          : files,
    ],
  },
  {
    id: "routers-share-requests-between-nodes",
    says: "a router takes as many ways to an address as nodes have sessions, sixteen at most",
    check(files) {
      const nodes = speaking(files).length;
      return configurations(files).flatMap((text) => {
        const ways = [...text.matchAll(/maximum-paths (\d+)/g)].map(([, count]) => Number(count));
        const families = text.match(/address-family/g)?.length ?? 0;
        return unless(
          ways.length * 2 === families && ways.every((count) => count === Math.min(nodes, 16)),
          "one node gets all requests",
        );
      });
    },
    broken: (files) => replaced(files, CONFIGURATION, /maximum-paths \d+\n/, "maximum-paths 1\n"),
  },
];
