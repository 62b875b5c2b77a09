/** HAProxy in front of the API, as it reads its files. */
import { asList } from "../../../src/model/unknown.ts";
import { pathsOf, replaced, unless, type Check, type Files } from "./check.ts";
import { ofKubeadm, onKubeadm, onTalos, setting } from "./machines.ts";

const CONFIGURATION = /^hosts\/[^/]+\/haproxy\.cfg$/;

const HOURS: Readonly<Record<string, number>> = { h: 1, m: 1 / 60, s: 1 / 3600, d: 24 };

const timeouts = (content: string): readonly number[] =>
  [...content.matchAll(/^ {2}timeout (?:client|server) (\d+)([hmsd])$/gm)].map(
    ([, count, unit = ""]) => Number(count) * (HOURS[unit] ?? 0),
  );

const text = (files: Files, path: string): string => files.get(path) ?? "";

const count = (content: string, pattern: RegExp): number => content.match(pattern)?.length ?? 0;

/** Without the frontend of the numbers, where nobody waits. */
const forTheApi = (content: string): string => content.split("\nfrontend metrics")[0] ?? "";

const endpointOf = (files: Files): string =>
  /^(?:endpoint=https:\/\/|controlPlaneEndpoint: "?)\[?([^\]\n]+?)\]?:\d+"?$/m.exec(
    text(files, "bootstrap/talos.sh") || text(files, "kubeadm/cluster.yaml"),
  )?.[1] ?? "";

export const haproxy: readonly Check[] = [
  {
    id: "haproxy-holds-connections-that-are-silent",
    says: "HAProxy cuts no connection to the API that is silent for an hour, on either side",
    check: (files) =>
      pathsOf(files, CONFIGURATION).flatMap((path) => {
        const found = timeouts(forTheApi(text(files, path)));
        return unless(found.length === 2 && found.every((hours) => hours >= 1), `${path}: ${found.join(", ")} hours`);
      }),
    broken: [
      (files) => replaced(files, CONFIGURATION, "timeout server 24h", "timeout server 50s"),
      (files) => replaced(files, CONFIGURATION, "  timeout client 24h\n", ""),
    ],
  },
  {
    id: "haproxy-gives-an-address-up-when-it-stops",
    says: "keepalived takes the address from a host whose HAProxy has stopped: a priority that only sinks would not, where nobody preempts",
    check: (files) =>
      pathsOf(files, /^hosts\/[^/]+\/keepalived\.conf$/).flatMap((path) => [
        ...unless(
          count(text(files, path), /^ {4}haproxy$/gm) === count(text(files, path), /^vrrp_instance /gm),
          `${path} does not look after HAProxy`,
        ),
        ...unless(!/^ *weight /m.test(text(files, path)), `${path} has a weight`),
      ]),
    broken: [
      (files) => replaced(files, /\/keepalived\.conf$/, "  interval 2\n", "  interval 2\n  weight -20\n"),
      (files) => replaced(files, /\/keepalived\.conf$/, /^ {4}haproxy\n/m, ""),
    ],
  },
  {
    id: "the-certificate-of-the-api-has-its-address",
    says: "the address that machines know the API by stands in the certificate of the API servers",
    about: (files) => onTalos(files) || onKubeadm(files),
    check: (files) => {
      const names = [
        ...asList(setting(files, "cluster", "apiServer", "certSANs")),
        ...asList(ofKubeadm(files, "apiServer", "certSANs")),
      ];
      return unless(names.includes(endpointOf(files)), `${endpointOf(files)} is not among ${names.join(", ")}`);
    },
    broken: [
      (files) => replaced(files, /^bootstrap\/talos\.sh$/, /^endpoint=https:\/\/.*:/m, "endpoint=https://172.16.1.99:"),
      (files) =>
        replaced(files, /^kubeadm\/cluster\.yaml$/, /certSANs:\n(?: {4}- .*\n)+/, "certSANs: [api.example.com]\n"),
    ],
  },
];
