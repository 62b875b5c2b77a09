/** Sessions between nodes and routers, as the cluster has them, and their passwords. */
import { asList, at } from "../../../src/model/unknown.ts";
import { asksForSecrets, objects, pathsOf, replaced, unless, valuesOf, type Check, type Files } from "./check.ts";
import { toldForApi } from "./kubeVipApi.ts";

export const CONFIGURATION = /^routers\/[^/]+\/frr\.conf$/;

export const configurations = (files: Files): readonly string[] =>
  pathsOf(files, CONFIGURATION).map((path) => files.get(path) ?? "");

/** Sessions as the cluster has them: the address of the router, and the Secret with the password. */
export const sessions = (files: Files): readonly Session[] => [
  ...ofServices(files),
  ...addressesIn(apiSessions(files)).map((address) => ({ address, secret: undefined })),
];

interface Session {
  readonly address: string;
  readonly secret: unknown;
}

export function ofServices(files: Files): readonly Session[] {
  const secrets = new Map(
    objects(files, "CiliumBGPPeerConfig").map(({ object }) => [
      at(object, "metadata", "name"),
      at(object, "spec", "authSecretRef"),
    ]),
  );
  const ofCilium = objects(files, "CiliumBGPClusterConfig").flatMap(({ object }) =>
    asList(at(object, "spec", "bgpInstances")).flatMap((instance) => asList(at(instance, "peers"))),
  );
  return [
    ...ofCilium.map((peer) => ({
      address: String(at(peer, "peerAddress")),
      secret: secrets.get(at(peer, "peerConfigRef", "name")),
    })),
    ...objects(files, "BGPPeer").map(({ object }) => ({
      // MetalLB, Calico.
      address: String(at(object, "spec", "peerAddress") ?? at(object, "spec", "peerIP")),
      secret: at(object, "spec", "passwordSecret", "name") ?? at(object, "spec", "password", "secretKeyRef", "name"),
    })),
    ...ofKubeVip(files),
  ];
}

export const apiSessions = (files: Files): string => toldForApi(files).get("bgp_peers") ?? "";

const addressesIn = (sessionTexts: string): readonly string[] =>
  sessionTexts
    .split(",")
    .filter((text) => text !== "")
    .map((text) => /^\[?([^\]]+?)\]?:\d+:/.exec(text)?.[1] ?? "");

/** `172.16.1.1:64512:$(BGP_EDGE_password):false:179`, with the Secret that has the variable. */
function ofKubeVip(files: Files): readonly Session[] {
  const values = valuesOf(files, "kube-vip");
  const secrets = new Map(
    asList(values?.["envFrom"]).map((one) => [`$(${String(at(one, "prefix"))}password)`, at(one, "secretRef", "name")]),
  );
  const texts = String(at(values, "env", "bgp_peers") ?? "").split(",");
  return texts.flatMap((text) =>
    addressesIn(text).map((address) => ({ address, secret: secrets.get(/\$\(\w+\)/.exec(text)?.[0] ?? "") })),
  );
}

export const routerPasswords: readonly Check[] = [
  {
    id: "passwords-are-on-both-sides",
    says: "a password of the nodes is asked for, told to the router on its page, and stands in no file",
    check(files) {
      const script = files.get("bootstrap/secrets.sh") ?? "";
      const pages = pathsOf(files, /^routers\/[^/]+\/README\.md$/).map((path) => files.get(path) ?? "");
      const named = [
        ...new Set(sessions(files).flatMap(({ secret }) => (secret === undefined ? [] : [String(secret)]))),
      ];
      return [
        ...named.flatMap((secret) => [
          ...unless(!asksForSecrets(files) || script.includes(` ${secret} `), `nobody is asked for ${secret}`),
          ...unless(
            pages.some((page) => page.includes(secret)),
            `no router is told of ${secret}`,
          ),
        ]),
        ...configurations(files).flatMap((text) =>
          unless(!/^ neighbor \S+ password/m.test(text), "a file has a password"),
        ),
      ];
    },
    broken: [
      (files) => replaced(files, /^bootstrap\/secrets\.sh$/, / bgp-\S+ /g, " other "),
      (files) => replaced(files, /^routers\/[^/]+\/README\.md$/, /bgp-/g, "other-"),
      (files) => replaced(files, CONFIGURATION, / passive\n/, " passive\n neighbor all password hunter2\n"),
    ],
  },
];
