import { at } from "../../../src/model/unknown.ts";
import { objects, pathsOf, replaced, specOf, unless, valuesOf, type Check, type Files } from "./check.ts";

const CLIENT = /^hosts\/[^/]+\/nomad-client\.hcl$/;
const CONSUL = /\/consul\/app\/values\.yaml$/;

const syncs = (files: Files): boolean => valuesOf(files, "consul") !== undefined;
const clients = (files: Files): readonly string[] => pathsOf(files, CLIENT);

/** `min_dynamic_port = 20000` → 20000. */
const setting = (text: string, name: string): string =>
  new RegExp(`^ *${name} *= *"?([^"\\n]*)"?$`, "m").exec(text)?.[1] ?? "";

export const hashicorp: readonly Check[] = [
  {
    id: "consul-brings-no-types-of-gateways",
    says: "the chart of Consul installs what writes its catalog, and nothing that has types of the Gateway API",
    about: syncs,
    check(files) {
      const values = valuesOf(files, "consul");
      return [
        ...unless(at(values, "connectInject", "enabled") === false, "connectInject is on"),
        ...unless(at(values, "global", "enabled") === false, "all of Consul is on"),
        ...unless(at(values, "server", "enabled") === false, "a server is installed"),
      ];
    },
    broken: [
      (files) => replaced(files, CONSUL, "connectInject:\n  enabled: false", "connectInject:\n  enabled: true"),
      (files) => replaced(files, CONSUL, "server:\n  enabled: false", "server:\n  enabled: true"),
    ],
  },
  {
    id: "consul-is-asked-as-it-answers",
    says: "where Consul speaks https, its port is that of https, and the name is that of certificates of its servers",
    about: syncs,
    check(files) {
      const values = valuesOf(files, "consul");
      const isSealed = at(values, "global", "tls", "enabled") === true;
      const servers = at(values, "externalServers");
      const name = `server.${String(at(values, "global", "datacenter"))}.consul`;
      return [
        ...unless(at(servers, "httpsPort") === (isSealed ? 8501 : 8500), `port ${String(at(servers, "httpsPort"))}`),
        ...unless(at(servers, "grpcPort") === (isSealed ? 8503 : 8502), `port ${String(at(servers, "grpcPort"))}`),
        ...unless(!isSealed || at(servers, "tlsServerName") === name, `not for ${name}`),
      ];
    },
    broken: [
      (files) => replaced(files, CONSUL, /httpsPort: \d+/, "httpsPort: 8443"),
      (files) => replaced(files, CONSUL, "tlsServerName: server.", "tlsServerName: "),
    ],
  },
  {
    id: "pods-find-names-of-consul",
    says: "the resolver of pods sends questions about consul to its servers",
    // CoreDNS that was there before stays, and people tell it.
    about: (files) =>
      at(specOf(files), "hashicorp", "consul") !== undefined && valuesOf(files, "coredns") !== undefined,
    check: (files) =>
      unless(
        /zone: consul\.\n[^]*?parameters: \. \S+:8600/.test(
          files.get("kubernetes/apps/kube-system/coredns/app/values.yaml") ?? "",
        ),
        "CoreDNS knows nobody",
      ),
    broken: (files) => replaced(files, /\/coredns\/app\/values\.yaml$/, "zone: consul.", "zone: nobody."),
  },
  {
    id: "nomad-takes-no-port-of-a-node",
    says: "ports that Nomad hands out end before NodePorts of Kubernetes begin",
    about: (files) => clients(files).length > 0,
    check: (files) =>
      clients(files).flatMap((path) => {
        const text = files.get(path) ?? "";
        const [from, to] = ["min_dynamic_port", "max_dynamic_port"].map((name) => Number(setting(text, name)));
        return unless(from !== undefined && to !== undefined && 1024 < from && from < to && to < 30_000, path);
      }),
    broken: (files) => replaced(files, CLIENT, "max_dynamic_port = 29999", "max_dynamic_port = 32000"),
  },
  {
    id: "nomad-leaves-the-pod-network-alone",
    says: "programs and networks of Nomad lie where no pod network looks",
    about: (files) => clients(files).length > 0,
    check: (files) =>
      clients(files).flatMap((path) => {
        const text = files.get(path) ?? "";
        const folders = ["cni_path", "cni_config_dir"].map((name) => setting(text, name));
        return folders.flatMap((folder) =>
          unless(folder !== "" && !/^\/(opt\/cni|etc\/cni|var\/lib\/rancher)(\/|$)/.test(folder), `${path}: ${folder}`),
        );
      }),
    broken: (files) => replaced(files, CLIENT, "/opt/nomad/cni/bin", "/opt/cni/bin"),
  },
  {
    id: "vault-is-signed-in-to-by-an-object-of-ours",
    says: "who signs in to Vault is said by an object that names no namespace of Vault, and not by the chart",
    about: (files) => valuesOf(files, "vault-secrets-operator") !== undefined,
    check: (files) => [
      ...unless(
        at(valuesOf(files, "vault-secrets-operator"), "defaultAuthMethod") === undefined,
        "the chart makes an object",
      ),
      ...unless(objects(files, "VaultAuth").length === 1, "nobody signs in"),
      ...objects(files, "VaultAuth")
        .filter(({ object }) => at(object, "spec", "namespace") !== undefined)
        .map(({ path }) => path),
    ],
    broken: [
      (files) =>
        replaced(
          files,
          /\/vault-secrets-operator\/app\/values\.yaml$/,
          "hooks:",
          "defaultAuthMethod: { enabled: true }\nhooks:",
        ),
      (files) =>
        replaced(files, /\/config\/vault\.yaml$/, "  method: kubernetes", '  namespace: ""\n  method: kubernetes'),
    ],
  },
];
