/** step-ca on its machine, and sshd on those that it signs for. */
import { familyOf, type Ip } from "../model/address.ts";
import type { Catalog } from "../model/component.ts";
import { at } from "../model/layout.ts";
import type { Label } from "../model/names.ts";
import type { Chosen, Host, Plan } from "../model/plan.ts";
import type { Tree } from "../model/tree.ts";
import type { View } from "../model/unit.ts";
import { certifiedDomains } from "../model/zones.ts";
import { createTree, type Entry } from "../tree/tree.ts";
import { domainsIssuedBy } from "./gatewayCertificates.ts";
import type { StepCaOptions } from "./stepCaOptions.ts";

export const STEP_CA = "step-ca";
const TEMPLATES = `components/${STEP_CA}`;

/** Provisioners with a password: that of the cluster may sign for gateways, that of people for SSH, and neither for the other. */
export const CLUSTER = "cert-manager";
const PEOPLE = "ssh";

/** Where devices look for it, outside every repository. */
export const folderOf = ({ name }: Pick<Plan, "name">): string => `~/.config/step-ca/${name}`;

/** A common name has 64 characters at most (RFC 5280, upper bounds), and a network may be called by 63. */
export const rootName = ({ name }: Pick<Plan, "name">): string => `${name.slice(0, 48)}-root`;

/** The machine it runs on; a name nobody has is for the rules. */
export const machineOf = ({ lan }: Plan, { host }: Pick<StepCaOptions, "host">): Host | undefined =>
  lan.hosts.find(({ name }) => name === host);

/** By its address, which needs nobody who knows names; an IPv6 address in brackets, so that its last group is no port. */
export function urlOf(plan: Plan, options: Pick<StepCaOptions, "host" | "port">): string {
  const ip = machineOf(plan, options)?.ip;
  const host = ip !== undefined && familyOf(ip) === 6 ? `[${ip}]` : (ip ?? options.host);
  return `https://${host}:${options.port}`;
}

export interface Login {
  readonly name: Label;
  readonly ips: readonly Ip[];
  /** What the DNS of the house calls it. */
  readonly hostname: string | undefined;
  /** Whom the scripts log in as; empty where ssh decides. */
  readonly user: string;
}

/** Machines that it signs for, its own first; a distribution that is the operating system has no sshd on its nodes. */
export function loginsOf(plan: Plan, { host, ssh, machines = [] }: StepCaOptions): readonly Login[] {
  const named = [host, ...machines.filter((name) => ssh && name !== host)];
  const hosts = named.flatMap((name) => plan.lan.hosts.filter((one) => one.name === name));
  const nodes = ssh && !plan.cluster.traits.ownsMachine ? plan.nodes : [];
  const { machines: zone } = plan.zones;
  const machine = ({ name, ips }: Pick<Host, "name" | "ips">, user: string): Login => ({
    name,
    ips,
    hostname: zone === undefined ? undefined : `${name}.${zone}`,
    user,
  });
  return [
    ...hosts.map((one) => machine(one, one.sshUser ?? "")),
    ...nodes.map((one) => machine(one, String(one.options["sshUser"] ?? ""))),
  ];
}

export const forCluster = (plan: Pick<Plan, "chosen" | "domains">): boolean =>
  domainsIssuedBy(STEP_CA, plan).length > 0;

export function stepCaFiles(plan: Plan, options: StepCaOptions, _: Chosen, { templates }: Catalog): Tree {
  const file = (path: string, content: string, executable?: true): Entry => [
    at(plan, path),
    { content, kept: "managed", by: `component ${STEP_CA}`, ...(executable && { executable }) },
  ];
  const from = (path: string, template: string, view: View = {}, executable?: true): Entry =>
    file(path, templates.render(`${TEMPLATES}/${template}`, view), executable);
  const sshd = { url: urlOf(plan, options), host: options.host };
  return createTree([
    file(`hosts/${options.host}/step-ca/ca.json`, `${JSON.stringify(configuration(plan, options), null, 2)}\n`),
    from(`hosts/${options.host}/step-ca/step-ca.service`, "step-ca.service"),
    ...(options.ssh
      ? [
          from("ssh/60-step-ca.conf", "60-step-ca.conf", { host: options.host }),
          from("ssh/step-ssh-renew.service", "step-ssh-renew.service", sshd),
          from("ssh/step-ssh-renew.timer", "step-ssh-renew.timer"),
        ]
      : []),
    from("bootstrap/step-ca.sh", "bootstrap.sh", scriptView(plan, options), true),
  ]);
}

const scriptView = (plan: Plan, options: StepCaOptions): View => ({
  name: plan.name,
  host: options.host,
  url: urlOf(plan, options),
  root: rootName(plan),
  issuing: `${plan.name.slice(0, 48)}-issuing`,
  cluster: forCluster(plan),
  ssh: options.ssh,
  provisioners: provisionersOf(plan, options),
  logins: loginsOf(plan, options).map(({ name, user, ips, hostname }) => ({
    name,
    user,
    at: [...ips, ...(hostname === undefined ? [] : [hostname])].join("+"),
  })),
});

const provisionersOf = (plan: Plan, { ssh }: StepCaOptions): readonly string[] => [
  ...(forCluster(plan) ? [CLUSTER] : []),
  ...(ssh ? [PEOPLE] : []),
];

const HOME = "/etc/step-ca";

/**
 * ca.json (smallstep/certificates v0.30.2, authority/config and authority/provisioner/claims.go). What is between `@` the
 * script fills in: keys are made on the computer of whoever runs it.
 */
function configuration(plan: Plan, options: StepCaOptions): object {
  const { ssh, host, port } = options;
  return {
    root: `${HOME}/certs/root.crt`,
    crt: `${HOME}/certs/issuing.crt`,
    key: `${HOME}/secrets/issuing.key`,
    address: `:${port}`,
    // It is asked by its address, and makes its own certificate for these.
    dnsNames: [...(machineOf(plan, options)?.ips ?? []), host],
    logger: { format: "text" },
    db: { type: "badgerv2", dataSource: `${HOME}/db` },
    ...(ssh && { ssh: { hostKey: `${HOME}/secrets/ssh-host-ca.key`, userKey: `${HOME}/secrets/ssh-user-ca.key` } }),
    authority: {
      policy: {
        x509: {
          allow: { dns: certifiedDomains(plan).flatMap((domain) => [domain, `*.${domain}`]) },
          allowWildcardNames: true,
        },
        // Where one kind is limited, the other has to be named (policy/validate.go, matchPrincipalConstraint).
        ...(ssh && {
          ssh: { host: { allow: namesForSsh(plan, options) }, user: { allow: { principal: ["*"] } } },
        }),
      },
      provisioners: [
        ...provisionersOf(plan, options).map((name) => ({
          type: "JWK",
          name,
          key: `@${name}.pub@`,
          encryptedKey: `@${name}.key@`,
          claims: name === CLUSTER ? { ...THIRTY_DAYS, enableSSHCA: false } : { enableSSHCA: true },
        })),
        ...(ssh ? [{ type: "SSHPOP", name: "renewal", claims: { enableSSHCA: true } }] : []),
      ],
    },
    tls: { minVersion: 1.2, maxVersion: 1.3 },
  };
}

/**
 * Renewed after two thirds, so that this machine may be off for ten days. Its own would be 24 hours, and a Certificate that
 * says nothing has what the authority says.
 */
const THIRTY_DAYS = { defaultTLSCertDuration: "720h", maxTLSCertDuration: "720h" };

const namesForSsh = (plan: Plan, options: StepCaOptions): object => ({
  dns: loginsOf(plan, options).flatMap(({ name, hostname }) => (hostname === undefined ? [name] : [name, hostname])),
  ip: loginsOf(plan, options).flatMap(({ ips }) => ips),
});
