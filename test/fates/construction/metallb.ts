/** MetalLB: alone with the addresses, where its pods may run, and no router in it. */
import { asList, at } from "../../../src/model/unknown.ts";
import { added, objects, specOf, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";

const VALUES = /\/metallb\/app\/values\.yaml$/;
const KUBE_VIP = /\/kube-vip\/app\/values\.yaml$/;
const POOLS = /\/metallb\/config\/pools\.yaml$/;
const ANNOUNCEMENTS = /\/metallb\/config\/announcements\.yaml$/;

const isThere = (files: Files): boolean => valuesOf(files, "metallb") !== undefined;
const names = (files: Files, kind: string): readonly string[] =>
  objects(files, kind).map(({ object }) => String(at(object, "metadata", "name")));

export const metalLb: readonly Check[] = [
  {
    id: "services-have-one-who-gives-addresses",
    says: "where another load balancer is there, Cilium gives no addresses and announces none; else it does both",
    check(files) {
      const cilium = valuesOf(files, "cilium");
      const own = ["CiliumLoadBalancerIPPool", "CiliumL2AnnouncementPolicy", "CiliumBGPAdvertisement"].filter(
        (kind) => names(files, kind).length > 0,
      );
      const ways = ["l2announcements", "bgpControlPlane"].filter((key) => at(cilium, key, "enabled") === true);
      const announces = ways.length === 1;
      const gives = cilium !== undefined && at(cilium, "defaultLBServiceIPAM") !== "none";
      const others = [
        ...["metallb", "kube-vip"].filter((app) => valuesOf(files, app) !== undefined),
        ...(objects(files, "IPPool").some(({ object }) =>
          asList(at(object, "spec", "allowedUses")).includes("LoadBalancer"),
        )
          ? ["calico"]
          : []),
        ...(at(specOf(files), "loadBalancer", "provider") === "servicelb" ? ["servicelb"] : []),
      ];
      return others.length > 0
        ? [
            ...unless(others.length === 1, `${others.join(" and ")} give Services their addresses`),
            ...unless(own.length === 0, `${own.join(", ")} beside ${others.join(", ")}`),
            ...unless(ways.length === 0, `Cilium announces beside ${others.join(", ")}`),
            ...unless(!gives, "Cilium takes care of Services that name no class"),
            // Such a load balancer would leave alone what nobody else takes.
            ...unless(at(valuesOf(files, "metallb"), "loadBalancerClass") === undefined, "MetalLB waits for a class"),
            ...unless(
              at(valuesOf(files, "kube-vip"), "env", "lb_class_only") === undefined,
              "kube-vip waits for a class",
            ),
            ...unless(
              at(valuesOf(files, "kube-vip-cloud-provider"), "enableloadbalancerClass") === undefined,
              "the cloud provider of kube-vip waits for a class",
            ),
          ]
        : unless(own.length === 2 && announces && gives, "nobody gives Services their addresses");
    },
    broken: [
      (files) => replaced(files, /\/cilium\/app\/values\.yaml$/, "defaultLBServiceIPAM: none\n", ""),
      (files) => replaced(files, VALUES, "frrk8s:\n", "loadBalancerClass: metallb.io/metallb\nfrrk8s:\n"),
      (files) => replaced(files, KUBE_VIP, "env:\n", 'env:\n  lb_class_only: "true"\n'),
      (files) =>
        replaced(files, /\/kube-vip-cloud-provider\/app\/values\.yaml$/, /^/, "enableloadbalancerClass: true\n"),
      (files) =>
        isThere(files) ? added(files, "kubernetes/apps/kube-system/kube-vip/app/values.yaml", "env: {}\n") : files,
      (files) =>
        isThere(files)
          ? added(
              files,
              "kubernetes/apps/kube-system/cilium/config/pools.yaml",
              "apiVersion: cilium.io/v2\nkind: CiliumLoadBalancerIPPool\nmetadata: { name: more }\n",
            )
          : files,
      (files) => replaced(files, /\/cilium\/app\/values\.yaml$/, /^(l2announcements|bgpControlPlane):\n.*\n/m, ""),
    ],
  },
  {
    id: "metallb-runs-frr-for-routers-alone",
    says: "where addresses are announced by ARP, no node runs FRR; where routers are told, FRR-K8s and no other kind",
    check: (files) =>
      isThere(files)
        ? [
            ...unless(
              at(valuesOf(files, "metallb"), "frrk8s", "enabled") === names(files, "BGPPeer").length > 0,
              "FRR-K8s runs without a router, or a router is told without it",
            ),
            ...unless(at(valuesOf(files, "metallb"), "speaker", "frr", "enabled") !== true, "FRR runs"),
          ]
        : [],
    broken: [
      (files) => replaced(files, VALUES, /^frrk8s:\n {2}enabled: (true|false)\n/m, ""),
      (files) => replaced(files, VALUES, "speaker:\n", "speaker:\n  frr:\n    enabled: true\n"),
    ],
  },
  {
    id: "metallb-announces-every-pool",
    says: "pools are written as MetalLB takes them, in the namespace it reads, and each stands in an advertisement",
    check(files) {
      const pools = names(files, "IPAddressPool");
      const announced = ["L2Advertisement", "BGPAdvertisement"].flatMap((kind) =>
        objects(files, kind).flatMap(({ object }) => asList(at(object, "spec", "ipAddressPools")).map(String)),
      );
      return [
        ...unless(!isThere(files) || pools.length > 0, "no pool"),
        ...pools.filter((pool) => !announced.includes(pool)).map((pool) => `the pool ${pool} is not announced`),
        ...announced.filter((pool) => !pools.includes(pool)).map((pool) => `there is no pool ${pool}`),
        ...objects(files, "IPAddressPool").flatMap(({ path, object }) =>
          asList(at(object, "spec", "addresses"))
            .map(String)
            .filter((text) => !/[-/]/.test(text))
            .map((text) => `${path} has ${text}, which is neither a range nor a network`),
        ),
        ...["IPAddressPool", "L2Advertisement", "BGPAdvertisement", "BGPPeer", "BFDProfile"].flatMap((kind) =>
          objects(files, kind)
            .filter(({ object }) => object.apiVersion.startsWith("metallb.io/"))
            .flatMap(({ path, object }) =>
              unless(
                path.startsWith("kubernetes/apps/metallb-system/") &&
                  (at(object, "metadata", "namespace") ?? "metallb-system") === "metallb-system",
                `${path} lies where MetalLB does not look`,
              ),
            ),
        ),
      ];
    },
    broken: [
      (files) => replaced(files, ANNOUNCEMENTS, "    - more\n", ""),
      (files) => replaced(files, POOLS, "name: more\n", "name: less\n"),
      (files) => replaced(files, POOLS, "172.16.1.90-172.16.1.90", "172.16.1.90"),
      (files) => replaced(files, POOLS, "name: more\n", "name: more\n  namespace: network\n"),
    ],
  },
];
