/** Machines that Ansible looks after: routes to all of a pool, written where the system reads them. */
import { parseCidr, parseIp, parseRange, toNumber } from "../../../src/model/address.ts";
import { asList, asMap, at, isMap } from "../../../src/model/unknown.ts";
import { documents, pathsOf, replaced, specOf, unless, type Check, type Files } from "./check.ts";

const INVENTORY = /^ansible\/inventory\.yaml$/;
const ROLE = "ansible/roles/pool_routes";

interface PoolRoute {
  readonly network: string;
  readonly via: string;
}

/** A list for all machines together, and one for each that has others. */
const routesOf = (files: Files): readonly (readonly PoolRoute[])[] =>
  pathsOf(files, INVENTORY).flatMap((path) => {
    const groups = asMap(at(documents(files, path)[0], "all", "children"));
    const own = Object.values(groups).flatMap((group) => Object.values(asMap(at(group, "hosts"))));
    return [at(groups, "has_pool_routes", "vars"), ...own]
      .map((vars) => asList(at(vars, "pool_routes")).map(asMap))
      .filter((routes) => routes.length > 0)
      .map((routes) => routes.map(({ network, via }) => ({ network: String(network), via: String(via) })));
  });

const isIpv6 = (text: string): boolean => text.includes(":");

/** A machine with one family has routes of that one. */
const isOf = (routes: readonly PoolRoute[], range: string): boolean =>
  routes.some(({ network }) => isIpv6(network) === isIpv6(range));

const rangesOf = (files: Files): readonly string[] =>
  Object.values(asMap(at(specOf(files), "loadBalancer", "pools"))).flatMap((pool) =>
    [isMap(pool) ? pool["addresses"] : pool].flat().map(String),
  );

const ends = (text: string): readonly [bigint, bigint] => {
  const cidr = parseCidr(text);
  if (cidr !== undefined) return [cidr.first, cidr.last];
  const range = parseRange(text);
  if (range === undefined) throw new Error(`${text} is neither a network nor a range`);
  return [range.first, range.last];
};

/** Networks that lie end to end from the first address of a range to its last. */
function covers(range: string, networks: readonly string[]): boolean {
  const [first, last] = ends(range);
  const parts = networks
    .filter((network) => network.includes(":") === range.includes(":"))
    .map(ends)
    .filter(([from, to]) => from >= first && to <= last)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  const end = parts.reduce((next, [from, to]) => (from === next ? to + 1n : next), first);
  return end === last + 1n;
}

const lansOf = (files: Files): readonly string[] => [at(specOf(files), "lan", "cidr")].flat().map(String);

export const hosts: readonly Check[] = [
  {
    id: "machines-have-routes-to-all-of-a-pool",
    says: "routes of machines cover every pool from its first address to its last, through a router of the LAN",
    about: (files) => at(specOf(files), "loadBalancer", "nodeRoutes") === true,
    check(files) {
      const lists = routesOf(files);
      return [
        ...lists.flatMap((routes) =>
          rangesOf(files)
            .filter((range) => isOf(routes, range))
            .flatMap((range) =>
              unless(
                covers(
                  range,
                  routes.map(({ network }) => network),
                ),
                `${range} is not covered`,
              ),
            ),
        ),
        ...unless(lists.length > 0, "nobody has routes"),
        ...lists.flat().flatMap(({ via }) => {
          const ip = parseIp(via);
          const near = lansOf(files).some((lan) => {
            const [first, last] = ends(lan);
            return (
              ip !== undefined &&
              lan.includes(":") === via.includes(":") &&
              toNumber(ip) >= first &&
              toNumber(ip) <= last
            );
          });
          return unless(near, `${via} is no router of the LAN`);
        }),
      ];
    },
    broken: [
      (files) => replaced(files, INVENTORY, /network: (\S+)\/22\n/, "network: $1/24\n"),
      (files) => replaced(files, INVENTORY, / {10}- family: 4\n {12}network: 10\.50\.1\.32\/29\n {12}via: \S+\n/, ""),
      (files) => replaced(files, INVENTORY, /via: (172\.16\.1\.1|10\.4\.0\.1)\n/, "via: 10.99.0.1\n"),
    ],
  },
  {
    id: "routes-are-kept-by-who-configures-the-card",
    says: "files for the next start are those of the owner that was found, and of no other",
    about: (files) => files.has(`${ROLE}/tasks/main.yaml`),
    check(files) {
      const main = files.get(`${ROLE}/tasks/main.yaml`) ?? "";
      const included = [...main.matchAll(/include_tasks: "?([^"\n]+?)"?$/gm)].map(([, file]) => file);
      return [
        ...unless(
          included.join(" ") === "owner.yaml {{ pool_routes_owner }}.yaml",
          `${ROLE} includes ${included.join(", ")}`,
        ),
        ...["netplan", "networkmanager", "networkd", "ifupdown", "nobody"].flatMap((owner) =>
          unless(files.has(`${ROLE}/tasks/${owner}.yaml`), `nothing is kept where ${owner} is found`),
        ),
        ...unless(!/dest: \/etc/.test(main), `${ROLE} writes before it knows where`),
      ];
    },
    broken: [
      (files) => replaced(files, /pool_routes\/tasks\/main\.yaml$/, '"{{ pool_routes_owner }}.yaml"', "ifupdown.yaml"),
      (files) => new Map([...files].filter(([path]) => path !== `${ROLE}/tasks/networkd.yaml`)),
    ],
  },
];
