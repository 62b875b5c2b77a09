/** Where Calico gives Services their addresses, and where it must not. */
import { asList, at } from "../../../src/model/unknown.ts";
import { added, objects, replaced, unless, valuesOf, type Check, type Files, type Found } from "./check.ts";

const BGP = /\/calico\/config\/bgp\.yaml$/;
const POOLS = /\/calico\/config\/pools\.yaml$/;

const ofCalico = ({ object: { apiVersion } }: Found): boolean => apiVersion === "projectcalico.org/v3";
export const tellsRouters = (files: Files): boolean => objects(files, "BGPPeer").some(ofCalico);

/** Networks of the pools that Services get addresses of. */
const poolsOfServices = (files: Files): readonly unknown[] =>
  objects(files, "IPPool")
    .filter(({ object: { spec } }) => asList(at(spec, "allowedUses")).includes("LoadBalancer"))
    .map(({ object: { spec } }) => at(spec, "cidr"));

const object = (apiVersion: string, kind: string, spec: string) => (files: Files) =>
  valuesOf(files, "calico") !== undefined
    ? added(
        files,
        "kubernetes/apps/tigera-operator/more.yaml",
        `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: default }\nspec: ${spec}\n`,
      )
    : files;

export const calicoServices: readonly Check[] = [
  {
    id: "calico-gives-no-service-an-address",
    says: "Calico has no pool for Services beside another load balancer",
    check: (files) =>
      tellsRouters(files)
        ? []
        : objects(files, "IPPool")
            .filter((one) => asList(at(one.object, "spec", "allowedUses")).includes("LoadBalancer"))
            .map(({ path }) => path),
    broken: (files) =>
      tellsRouters(files)
        ? files
        : object("projectcalico.org/v3", "IPPool", "{ cidr: 172.16.1.64/30, allowedUses: [LoadBalancer] }")(files),
  },
  {
    id: "calico-tells-routers-of-its-pools",
    says: "every address Calico may give to a Service is announced, and routers hear of it from the node that has it",
    check(files) {
      if (!tellsRouters(files)) return [];
      const given = poolsOfServices(files);
      const announced = objects(files, "BGPConfiguration").flatMap(({ object: { spec } }) =>
        asList(at(spec, "serviceLoadBalancerIPs")).map((block) => at(block, "cidr")),
      );
      const filters = objects(files, "BGPFilter").map(({ object: { spec } }) =>
        ["exportV4", "exportV6"].flatMap((key) => asList(at(spec, key))),
      );
      return [
        ...unless(given.join() === announced.join(), `${given.join()} are given, ${announced.join()} announced`),
        ...filters.flatMap((rules) => [
          ...unless(
            given.every((cidr) => rules.some((rule) => at(rule, "cidr") === cidr && at(rule, "action") === "Accept")),
            "a pool is kept from routers",
          ),
          ...unless(at(rules[0], "source") === "RemotePeers", "routers hear of what other nodes have"),
          ...unless(at(rules.at(-1), "action") === "Reject", "routers hear of more than Services"),
        ]),
        ...objects(files, "BGPPeer")
          .filter(ofCalico)
          .flatMap(({ object: { spec }, path }) =>
            unless(asList(at(spec, "filters")).includes("services"), `${path}: no filter`),
          ),
      ];
    },
    broken: [
      (files) => replaced(files, BGP, /(serviceLoadBalancerIPs:\n) {4}- cidr: .*\n/, "$1"),
      (files) => replaced(files, BGP, /- cidr: \S+\n {6}matchOperator: In\n {6}action: Accept/, "- action: Reject"),
      (files) => replaced(files, BGP, /- source: RemotePeers\n {6}action: Reject\n/, "- action: Accept\n"),
      (files) => replaced(files, BGP, / {2}filters:\n {4}- services\n/, ""),
      (files) => replaced(files, POOLS, /cidr: \S+\/\d+/, "cidr: 10.99.0.0/24"),
    ],
  },
  {
    id: "calico-pools-of-services-are-whole",
    says: "a pool for Services has room for a block, and no tunnel",
    check: (files) =>
      objects(files, "IPPool").flatMap(({ object: { spec }, path }) => [
        ...unless(
          Number(at(spec, "blockSize")) >= Number(String(at(spec, "cidr")).split("/")[1]),
          `${path}: blocks are larger than the pool`,
        ),
        ...unless(
          ["ipipMode", "vxlanMode"].every((key) => at(spec, key) === "Never"),
          `${path}: a tunnel`,
        ),
      ]),
    broken: [
      (files) => replaced(files, POOLS, /blockSize: \d+/, "blockSize: 20"),
      (files) => replaced(files, POOLS, "vxlanMode: Never", "vxlanMode: Always"),
    ],
  },
];
