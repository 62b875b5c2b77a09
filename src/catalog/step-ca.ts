import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { SecretNeed, Unit, View } from "../model/unit.ts";
import { certifiedDomains } from "../model/zones.ts";
import { anywhere } from "../model/workloads.ts";
import { asksApi, asksServer, tcp } from "./begins.ts";
import { CERT_MANAGER_NAMESPACE } from "./cert-manager.ts";
import { closedPods } from "./closedPods.ts";
import { certificatesBy, DEVICES, exampleIssuedBy, namesOf } from "./gatewayCertificates.ts";
import {
  CLUSTER,
  folderOf,
  forCluster,
  loginsOf,
  machineOf,
  rootName,
  STEP_CA,
  stepCaFiles,
  urlOf,
} from "./stepCaFiles.ts";
import { stepCaOptions, type StepCaOptions } from "./stepCaOptions.ts";

const CONTROLLER = "step-issuer";
const UNIT = `${CONTROLLER}/${STEP_CA}`;
const TEMPLATES = `components/${STEP_CA}`;

/** On a machine outside the cluster, so that it also signs for SSH when the cluster is what has to be repaired. */
export const stepCa: Component<StepCaOptions> = {
  id: STEP_CA,
  slot: "certificates",
  title: "step-ca",
  summary: "certificates from an authority on a machine of yours, for SSH too; it answers while the cluster is down",
  options: stepCaOptions,
  requires: ["cert-manager"],
  issues: {
    ownRoot: true,
    besides: ({ ssh }) => ssh,
    reference: () => ({ group: "certmanager.step.sm", kind: "StepClusterIssuer", name: STEP_CA, unit: UNIT }),
  },
  units: (plan, options) => (forCluster(plan) ? [controller, ...issuer(plan, options)] : []),
  files: stepCaFiles,
  hostRoles: (plan, options) =>
    options.ssh
      ? [
          {
            id: "ssh_certificates",
            title: "Certificates for SSH",
            templates: `${TEMPLATES}/role`,
            machines: loginsOf(plan, options).map(({ name }) => ({ name })),
          },
        ]
      : [],
  expects: (plan, options) =>
    (machineOf(plan, options)?.ips ?? []).map((address) => ({
      kind: "listens",
      title: "step-ca",
      name: options.host,
      address,
      port: options.port,
      path: "certificates.step-ca.host",
      fix: "bootstrap/step-ca.sh, and journalctl -u step-ca there where it does not start",
    })),
  flows: (plan) => (forCluster(plan) ? [nobody] : []),
  begins: (plan, { host, port }) =>
    forCluster(plan)
      ? [
          asksApi(pods, "it reads requests for certificates, and writes what was signed"),
          // At its first address alone (urlOf).
          ...asksServer(pods, machineOf(plan, { host })?.ip ?? host, tcp(port), plan, "it has step-ca sign them"),
        ]
      : [],
  // As its chart says (step-issuer 1.10, values.yaml).
  workloads: (plan) => (forCluster(plan) ? [anywhere(CONTROLLER, 50)] : []),
  pins: [CONTROLLER, "step"],
  docs: {
    template: `${TEMPLATES}/docs.md`,
    page: {
      path: "docs/step-ca.md",
      template: [`${TEMPLATES}/page.md`, DEVICES, `${TEMPLATES}/ssh.md`, `${TEMPLATES}/lasts.md`],
    },
    fragments: { troubleshooting: `${TEMPLATES}/troubleshooting.md`, operations: `${TEMPLATES}/operations.md` },
    view: docsView,
  },
};

function docsView(plan: Plan, options: StepCaOptions): View {
  const { host, port, ssh } = options;
  const logins = loginsOf(plan, options);
  return {
    host,
    port,
    ip: machineOf(plan, options)?.ip ?? host,
    url: urlOf(plan, options),
    ssh,
    told: options.root !== undefined,
    cluster: forCluster(plan),
    certificates: certificatesBy(STEP_CA, plan).map((one) => ({ name: one.name, names: namesOf(one) })),
    domains: certifiedDomains(plan),
    machines: logins.map(({ name, ips }) => ({ name, ips })),
    closed: ssh && plan.cluster.traits.ownsMachine,
    user: logins.find(({ user }) => user !== "")?.user ?? "root",
    last: logins.at(-1)?.name ?? host,
    lastIp: logins.at(-1)?.ips[0] ?? host,
    root: rootName(plan),
    file: `${plan.name}-root.crt`,
    folder: folderOf(plan),
    namespace: CERT_MANAGER_NAMESPACE,
    example: `echo.${exampleIssuedBy(STEP_CA, plan)}`,
    gateway: plan.gateways[0]?.address ?? "",
  };
}

const password: SecretNeed = {
  name: "step-ca-provisioner",
  keys: [
    {
      key: "password",
      what: "password of the provisioner by which cert-manager asks step-ca",
      from: "bootstrap/step-ca.sh makes it, and with the word give hands it over",
    },
  ],
  because: "it opens the key that requests for certificates of the gateways are signed with",
};

const controller: Unit = {
  id: CONTROLLER,
  component: STEP_CA,
  namespace: CERT_MANAGER_NAMESPACE,
  release: {
    name: CONTROLLER,
    chart: CONTROLLER,
    values: `${TEMPLATES}/values.yaml`,
    installs: ["certmanager.step.sm/StepIssuer", "certmanager.step.sm/StepClusterIssuer"],
  },
  secrets: [password],
  // It watches requests for certificates, whose type that one brings.
  after: ["cert-manager"],
  restricted: true,
  view: { namespace: CERT_MANAGER_NAMESPACE },
};

/** Once somebody said what step-ca is known by. */
const issuer = (plan: Plan, options: StepCaOptions): readonly Unit[] =>
  options.root === undefined
    ? []
    : [
        {
          id: UNIT,
          component: STEP_CA,
          namespace: CERT_MANAGER_NAMESPACE,
          templates: `${TEMPLATES}/issuer`,
          view: {
            host: options.host,
            url: urlOf(plan, options),
            bundle: btoa(options.root),
            provisioner: CLUSTER,
            namespace: CERT_MANAGER_NAMESPACE,
          },
        },
      ];

const pods = {
  namespace: CERT_MANAGER_NAMESPACE,
  labels: { "app.kubernetes.io/instance": CONTROLLER, "app.kubernetes.io/name": CONTROLLER },
};

/** Labels of the chart's pod (1.11.0, templates/_helpers.tpl); its metrics are read by nobody here. */
const nobody = closedPods({
  unit: CONTROLLER,
  namespace: CERT_MANAGER_NAMESPACE,
  name: CONTROLLER,
  to: pods.labels,
});
