/** Traefik: entrypoints, Services, and what stands beside them. */
import { asList, asMap, at, type Mapping } from "../../../src/model/unknown.ts";
import { appended, objects, replaced, valuesOf, type Check, type Files } from "./check.ts";

const VALUES = /\/traefik\/app\/values\.yaml$/;
const STORE = /\/traefik\/config\/tlsstore\.yaml$/;
const GATEWAYS = /\/traefik\/config\/gateways\.yaml$/;
const ENTRYPOINTS = "traefik.ingress.kubernetes.io/router.entrypoints";

const portsOf = (files: Files): readonly (readonly [string, Mapping])[] =>
  Object.entries(asMap(valuesOf(files, "traefik")?.["ports"])).flatMap(([name, port]) =>
    port === null ? [] : [[name, asMap(port)] as const],
  );

/** Services of Traefik by the key that ports name them by: `default` is that of the release. */
const servicesOf = (files: Files): ReadonlyMap<string, string> => {
  const service = at(valuesOf(files, "traefik"), "service");
  return new Map([
    ["default", String(at(service, "nameOverride"))],
    ...Object.keys(asMap(at(service, "additionalServices"))).map((key) => [key, `traefik-${key}`] as const),
  ]);
};

const exposed = (port: Mapping): readonly string[] => Object.keys(asMap(port["expose"]));

/** Ports that lead to the Service of a gateway. */
const ofService = (files: Files, service: string): readonly (readonly [string, Mapping])[] => {
  const keys = [...servicesOf(files)].filter(([, name]) => name === service).map(([key]) => key);
  return portsOf(files).filter(([, port]) => exposed(port).some((key) => keys.includes(key)));
};

const heard = (object: object): { readonly service: string; readonly names: readonly string[] } => {
  const [label, written] = [
    at(object, "metadata", "labels", "gateway.homelab-net/name"),
    at(object, "metadata", "annotations", ENTRYPOINTS),
  ];
  return label === undefined
    ? { service: String(at(object, "spec", "ingressClassName")), names: String(written ?? "").split(",") }
    : { service: String(label), names: asList(at(object, "spec", "entryPoints")).map(String) };
};

const classes = (files: Files): readonly string[] => [...servicesOf(files).values()];

const routesOf = (files: Files) => [
  ...objects(files, "IngressRoute"),
  ...objects(files, "Ingress").filter(({ object }) =>
    classes(files).includes(String(at(object, "spec", "ingressClassName"))),
  ),
];

const inUse = (files: Files): boolean => valuesOf(files, "traefik") !== undefined;

export const traefik: readonly Check[] = [
  {
    id: "entrypoints-are-one-gateways",
    says: "an entrypoint leads out by one Service, and those of one Service alone are the default ones",
    check: (files) => [
      ...portsOf(files)
        .filter(([, port]) => exposed(port).length !== 1)
        .map(([name, port]) => `${name} leads out by ${exposed(port).join(" and ")}`),
      ...portsOf(files)
        .filter(([, port]) => (port["asDefault"] === true) !== exposed(port).includes("default"))
        .map(([name]) => `${name} is default, or should be`),
    ],
    broken: [
      (files) =>
        replaced(
          files,
          VALUES,
          "    expose:\n      default: true\n",
          "    expose:\n      default: true\n      other: true\n",
        ),
      (files) => replaced(files, VALUES, "    asDefault: true\n", ""),
    ],
  },
  {
    id: "routes-are-heard-on-their-gateway",
    says: "a route of Traefik names entrypoints of the Service of its gateway and of no other",
    check: (files) =>
      routesOf(files).flatMap(({ path, object }) => {
        const { service, names } = heard(object);
        const own = ofService(files, service).map(([name]) => name);
        return names.filter((name) => !own.includes(name)).map((name) => `${path}: ${name} is not of ${service}`);
      }),
    broken: (files) =>
      replaced(
        files,
        /\/(ingress|ingressroute)\.yaml$/,
        /(router\.entrypoints: |entryPoints:\n {4}- )[a-z0-9]+/,
        "$1elsewhere",
      ),
  },
  {
    id: "entrypoints-have-ports-of-their-own",
    says: "no two entrypoints have one port of the pod, and their names are names of ports",
    check(files) {
      const numbers = portsOf(files).map(([, port]) => port["port"]);
      return [
        ...portsOf(files)
          .filter(([name]) => name.length > 15)
          .map(([name]) => `${name} is too long`),
        ...numbers
          .filter((number, index) => numbers.indexOf(number) < index)
          .map((number) => `port ${String(number)} is there twice`),
      ];
    },
    broken: [
      (files) =>
        portsOf(files).length < 2 ? files : replaced(files, VALUES, /^( {4}port: )8000$/m, `$1${secondPort(files)}`),
      (files) => replaced(files, VALUES, /^ {2}web: *$/m, "  a-name-that-is-too-long:"),
    ],
  },
  {
    id: "listeners-have-ports-of-entrypoints",
    says: "a listener of a Gateway of Traefik has the port of an entrypoint of its Service, and the channel is the standard one",
    check(files) {
      const gateways = objects(files, "Gateway").filter(
        ({ object }) => at(object, "spec", "gatewayClassName") === "traefik",
      );
      const wrong = gateways.flatMap(({ object }) => {
        const ports = ofService(files, String(at(object, "metadata", "name"))).map(([, port]) => port["port"]);
        return asList(at(object, "spec", "listeners"))
          .map((listener) => at(listener, "port"))
          .filter((port) => !ports.includes(port))
          .map((port) => `${String(at(object, "metadata", "name"))} listens on ${String(port)}`);
      });
      const experimental = at(valuesOf(files, "traefik"), "providers", "kubernetesGateway", "experimentalChannel");
      return [...wrong, ...(experimental === true ? ["the experimental channel is read"] : [])];
    },
    broken: [
      (files) => replaced(files, GATEWAYS, /port: \d+/, "port: 80"),
      (files) => replaced(files, VALUES, "experimentalChannel: false", "experimentalChannel: true"),
    ],
  },
  {
    id: "one-store-of-certificates",
    says: "one TLSStore is called default, beside its Secrets, and no route names a Secret",
    check(files) {
      const stores = objects(files, "TLSStore");
      const spaceOf = (path: string): string | undefined => path.split("/")[2];
      const secrets = objects(files, "Certificate")
        .filter(({ path }) => spaceOf(path) === spaceOf(stores[0]?.path ?? ""))
        .map(({ object }) => at(object, "spec", "secretName"));
      const wanted = stores.flatMap(({ object }) => [
        at(object, "spec", "defaultCertificate", "secretName"),
        ...asList(at(object, "spec", "certificates")).map((one) => at(one, "secretName")),
      ]);
      return [
        ...(stores.length > 1 || stores.some(({ object }) => at(object, "metadata", "name") !== "default")
          ? ["the store"]
          : []),
        ...wanted.filter((secret) => !secrets.includes(secret)).map((secret) => `nobody fills ${String(secret)}`),
        ...routesOf(files)
          .filter(({ object }) => JSON.stringify(object).includes("secretName"))
          .map(({ path }) => path),
      ];
    },
    broken: [
      (files) =>
        appended(
          files,
          STORE,
          "apiVersion: traefik.io/v1alpha1\nkind: TLSStore\nmetadata: { name: default, namespace: default }\nspec: {}\n",
        ),
      (files) => replaced(files, STORE, /secretName: .*/, "secretName: other-tls"),
    ],
  },
  {
    id: "routes-carry-records",
    says: "a route whose address nobody can read off it carries a record for its name",
    check: (files) => {
      if (!inUse(files)) return [];
      const shown = servicesOf(files).get("default");
      const recorded = objects(files, "DNSEndpoint").flatMap(({ object }) =>
        asList(at(object, "spec", "endpoints")).map((endpoint) => at(endpoint, "dnsName")),
      );
      return routesOf(files)
        .filter(({ object }) => object.kind === "IngressRoute" || heard(object).service !== shown)
        .filter(({ object }) => !recorded.some((name) => JSON.stringify(object["spec"]).includes(String(name))))
        .map(({ path }) => path);
    },
    broken: (files) => replaced(files, /\/(ingress|ingressroute)\.yaml$/, /dnsName: .*/, "dnsName: nobody.example.com"),
  },
  {
    id: "traefik-reads-its-own-values",
    says: "Traefik is told its log and whom it believes by the names its chart has, and takes nothing from other namespaces",
    check(files) {
      const values = valuesOf(files, "traefik");
      if (values === undefined) return [];
      const { kubernetesCRD } = asMap(values["providers"]);
      return [
        ...("logs" in values ? ["logs is log and accessLog now"] : []),
        ...(["allowCrossNamespace", "allowExternalNameServices"] as const).filter(
          (key) => at(kubernetesCRD, key) !== false,
        ),
      ];
    },
    broken: [
      (files) => replaced(files, VALUES, "global:\n", "logs: { general: { level: INFO } }\nglobal:\n"),
      (files) => replaced(files, VALUES, "allowCrossNamespace: false", "allowCrossNamespace: true"),
    ],
  },
];

const secondPort = (files: Files): string =>
  String(
    portsOf(files)
      .map(([, port]) => port["port"])
      .find((port) => port !== 8000),
  );
