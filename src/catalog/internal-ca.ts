import { z } from "zod";
import type { Catalog, Component } from "../model/component.ts";
import { at } from "../model/layout.ts";
import { privateSuffix } from "../model/privateDomain.ts";
import type { Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { SecretNeed, Unit, View } from "../model/unit.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { CERT_MANAGER_NAMESPACE } from "./cert-manager.ts";
import { certificatesBy, DEVICES, domainsIssuedBy, exampleIssuedBy, namesOf } from "./gatewayCertificates.ts";

const ID = "internal-ca";
const UNIT = `cert-manager/${ID}`;

const options = z.strictObject({
  root: z
    .enum(["yours", "cluster"])
    .default("yours")
    .describe(
      "who has the key of the root: you, on your computer, or the cluster, which makes a new one when it is built anew",
    )
    .meta({ because: "every device is told of the root once, and a root of yours outlives the cluster" }),
});

export type InternalCaOptions = z.output<typeof options>;

/** Two levels: what devices are told of lasts, what the cluster signs with can sign for the domains and nothing else. */
export const internalCa: Component<InternalCaOptions> = {
  id: ID,
  slot: "certificates",
  title: "Internal CA",
  summary: "certificates for any domain from an authority of your own, which each device has to be told of once",
  options,
  requires: ["cert-manager"],
  offer: {
    proposed: ({ domains }) => {
      const suffix = domains.flatMap((domain) => privateSuffix(domain) ?? [])[0];
      return suffix === undefined ? undefined : `no public authority certifies a name under ${suffix}`;
    },
  },
  issues: {
    ownRoot: true,
    reference: () => ({ group: "cert-manager.io", kind: "ClusterIssuer", name: ID, unit: UNIT }),
  },
  units: (plan, chosen) => [issuer(plan, chosen)],
  begins: () => [],
  files: (plan, { root }, _, catalog) => (root === "yours" ? script(plan, catalog) : createTree([])),
  docs: {
    template: "components/internal-ca/docs.md",
    page: {
      path: "docs/internal-ca.md",
      template: ["components/internal-ca/page.md", DEVICES, "components/internal-ca/lasts.md"],
    },
    fragments: {
      troubleshooting: "components/internal-ca/troubleshooting.md",
      operations: "components/internal-ca/operations.md",
    },
    view: (plan, { root }) => docsView(plan, root === "yours"),
  },
};

function docsView(plan: Plan, yours: boolean): View {
  const domains = domainsIssuedBy(ID, plan);
  return {
    yours,
    domains,
    certificates: certificatesBy(ID, plan).map((certificate) => ({
      name: certificate.name,
      names: namesOf(certificate),
    })),
    root: subject(plan, "root"),
    file: `${plan.name}-root.crt`,
    folder: FOLDER + plan.name,
    namespace: CERT_MANAGER_NAMESPACE,
    example: `echo.${exampleIssuedBy(ID, plan)}`,
    gateway: plan.gateways[0]?.address ?? "",
  };
}

/** On the computer of whoever runs the script, outside every repository. */
const FOLDER = "~/.config/internal-ca/";

/** A common name has 64 characters at most (RFC 5280, upper bounds), and a network may be called by 63. */
const subject = ({ name }: Pick<Plan, "name">, what: string): string => `${name.slice(0, 48)}-${what}`;

function issuer(plan: Plan, { root }: InternalCaOptions): Unit {
  const domains = domainsIssuedBy(ID, plan);
  return {
    id: UNIT,
    component: ID,
    namespace: CERT_MANAGER_NAMESPACE,
    templates: `components/${ID}/issuer`,
    ...(root === "yours" && { secrets: [signer(domains)] }),
    view: { own: root === "cluster", domains, root: subject(plan, "root"), issuing: subject(plan, "issuing") },
  };
}

/** What cert-manager would make itself: the chain it puts into certificates, and who is at its end as `ca.crt`. */
const signer = (domains: Plan["domains"]): SecretNeed => ({
  name: ID,
  type: "kubernetes.io/tls",
  keys: [
    { key: "ca.crt", what: "certificate of the root, which devices are told of", from: MADE },
    { key: "tls.crt", what: `certificate that the root gave to the cluster, for ${domains.join(" and ")}`, from: MADE },
    { key: "tls.key", what: "key of that certificate; the key of the root stays with you", from: MADE },
  ],
  because: "cert-manager signs the certificates of the gateways with it",
});

const MADE = "bootstrap/internal-ca.sh makes it, and with the word give hands all three over";

function script(plan: Plan, { templates }: Catalog): Tree {
  const view = {
    name: plan.name,
    domains: domainsIssuedBy(ID, plan),
    root: subject(plan, "root"),
    issuing: subject(plan, "issuing"),
  };
  const entry: Entry = [
    at(plan, "bootstrap/internal-ca.sh"),
    {
      content: templates.render(`components/${ID}/bootstrap.sh`, view),
      kept: "managed",
      by: `component ${ID}`,
      executable: true,
    },
  ];
  return createTree([entry]);
}
