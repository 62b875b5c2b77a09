/** Upgrades that skip a version, or that two do at once. */
import { asList, at } from "../../../src/model/unknown.ts";
import { objects, pathsOf, replaced, unless, type Check, type Files } from "./check.ts";
import { onK3s } from "./machines.ts";

const SCRIPT = /^bootstrap\/k3s\.sh$/;
const PLANS = /\/system-upgrade-controller\/plans\/plans\.yaml$/;
const ROLES = /^ansible\/roles\/[a-z0-9]+_upgrade\/tasks\/.*\.yaml$/;

const plans = (files: Files) => objects(files, "Plan").map(({ object }) => object);
const hasPlans = (files: Files): boolean => onK3s(files) && plans(files).length > 0;

const script = (files: Files): string => files.get("bootstrap/k3s.sh") ?? "";
const command = (plan: unknown): string => asList(at(plan, "spec", "prepare", "command")).join("\n");
const nameOf = (plan: unknown): string => String(at(plan, "metadata", "name"));
const isForServers = (plan: unknown): boolean =>
  at(plan, "spec", "nodeSelector", "matchExpressions", 0, "operator") === "Exists";

export const upgrades: readonly Check[] = [
  {
    id: "k3s-steps-are-minors",
    says: "the script goes from one minor version of K3s to the next and skips none, or leaves that to Plans",
    about: (files) => onK3s(files) && !hasPlans(files),
    check: (files) => unless(/ > 1 \|\| /.test(script(files)), "minors are skipped"),
    broken: (files) => replaced(files, SCRIPT, " > 1 || ", " > 9 || "),
  },
  {
    id: "k3s-plans-step-by-minors",
    says: "the Plan of servers refuses a version that is more than one minor away, before a node is touched",
    about: hasPlans,
    check: (files) =>
      plans(files)
        .filter(isForServers)
        .flatMap((plan) => unless(/"\$step" -gt 1 /.test(command(plan)), `${nameOf(plan)} skips minors`)),
    broken: (files) => replaced(files, PLANS, '"$step" -gt 1 ', '"$step" -gt 9 '),
  },
  {
    id: "k3s-is-upgraded-by-one",
    says: "where Plans upgrade K3s the script installs it and leaves alone what runs, and no playbook upgrades it",
    about: hasPlans,
    check: (files) => [
      ...unless(!/ > 1 \|\| /.test(script(files)), "the script upgrades too"),
      ...unless(/the cluster brings it to the version/.test(script(files)), "the script does not say who upgrades"),
      ...unless(pathsOf(files, ROLES).length === 0, "Ansible upgrades too"),
    ],
    broken: [
      (files) => replaced(files, SCRIPT, "    if [[ -n $running ]]; then\n", "    if ((1 > 1 || 0)); then\n"),
      (files) => replaced(files, SCRIPT, ", and the cluster brings it to the version of its Plans", ""),
      (files) => (hasPlans(files) ? new Map([...files, ["ansible/roles/k3s_upgrade/tasks/main.yaml", "[]\n"]]) : files),
    ],
  },
  {
    id: "k3s-plans-have-one-version",
    says: "machines that join get the version that the Plans bring to the others",
    about: hasPlans,
    check(files) {
      const [, installed] = /^k3s_version=(\S+)$/m.exec(script(files)) ?? [];
      return plans(files).flatMap((plan) =>
        unless(at(plan, "spec", "version") === installed, `${nameOf(plan)} has another version`),
      );
    },
    broken: (files) => replaced(files, PLANS, /^ {2}version: v1\.\d+/m, "  version: v1.99"),
  },
  {
    id: "k3s-agents-wait-for-servers",
    says: "every node is of one Plan, taints or not, one node of each at a time, and agents wait for the Plan of the servers",
    about: hasPlans,
    check(files) {
      const servers = plans(files).filter(isForServers);
      const agents = plans(files).filter((plan) => !isForServers(plan));
      const hasAgents = files.has("k3s/agent.yaml");
      return [
        ...unless(servers.length === 1 && agents.length === (hasAgents ? 1 : 0), "a node has no Plan, or two"),
        ...plans(files).flatMap((plan) => [
          ...unless(at(plan, "spec", "concurrency") === 1, `${nameOf(plan)} takes several nodes at once`),
          ...unless(at(plan, "spec", "tolerations", 0, "operator") === "Exists", `${nameOf(plan)} stops at taints`),
        ]),
        ...agents.flatMap((plan) =>
          unless(command(plan).includes(`upgrade.sh prepare ${nameOf(servers[0])}\n`), "agents do not wait"),
        ),
      ];
    },
    broken: [
      (files) => replaced(files, PLANS, "  concurrency: 1\n", "  concurrency: 2\n"),
      (files) => replaced(files, PLANS, "upgrade.sh prepare k3s-server\n", "upgrade.sh prepare servers\n"),
      (files) => replaced(files, PLANS, /^ {2}tolerations:\n {4}- operator: Exists\n/m, ""),
      (files) => replaced(files, PLANS, "operator: Exists\n  tol", "operator: DoesNotExist\n  tol"),
    ],
  },
  {
    id: "playbooks-step-by-minors",
    says: "a playbook that upgrades nodes refuses a version that is more than one minor away",
    about: (files) => pathsOf(files, ROLES).length > 0,
    check: (files) =>
      unless(
        pathsOf(files, ROLES).some((path) => /that: \w+_step \| int in \[0, 1\]\n/.test(files.get(path) ?? "")),
        "minors are skipped",
      ),
    broken: (files) => replaced(files, ROLES, "int in [0, 1]", "int in [0, 1, 2]"),
  },
];
