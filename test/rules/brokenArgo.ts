/** Broken networks that Argo CD keeps. */
import { edit, WORKER, type Case } from "./edits.ts";

const argo = (options: string) => edit("gitops: flux", `gitops: { provider: argocd${options} }`);
/** The reference without one of its control planes. */
const without = (machine: number) =>
  edit(
    `    talos-cp-${machine}: { ip: 172.16.1.5${machine - 1}, role: control-plane, proxmox: { host: pve${machine} } }\n`,
    "",
  );
const OVER_SSH = edit("https://github.com/", "ssh://git@git.example.com:2222/");
const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMade0up";
const signed = (from: string) => edit("cluster:\n", `notifications: { push: { from: ${from} } }\n\ncluster:\n`);

export const argoCases: readonly Case[] = [
  {
    id: "ARGO-MACHINES",
    broken: [argo(", highAvailability: true"), without(2), without(3)],
    nearMiss: [argo(", highAvailability: true"), without(3)],
  },
  {
    id: "ARGO-MACHINES",
    broken: [argo(", highAvailability: true"), without(2), without(3), edit(WORKER, "")],
    nearMiss: [argo("")],
  },
  {
    id: "ARGO-KNOWN-HOST",
    broken: [argo(`, knownHosts: ["git.example.com ${KEY}"]`), OVER_SSH],
    nearMiss: [argo(`, knownHosts: ["[git.example.com]:2222 ${KEY}"]`), OVER_SSH],
  },
  {
    id: "ARGO-KNOWN-HOST",
    broken: [argo(""), edit("https://github.com/", "ssh://git@codeberg.org/")],
    nearMiss: [argo(""), edit("https://github.com/", "ssh://git@github.com/")],
  },
  {
    id: "ARGO-GATEWAY",
    broken: [argo(", gateways: [inside]")],
    nearMiss: [argo(", gateways: [internal]")],
  },
  { id: "PUSH-SORT", broken: [argo(""), signed("generic-hmac")], nearMiss: [argo(""), signed("gogs")] },
  { id: "PUSH-SORT", broken: [signed("gogs")], nearMiss: [signed("generic-hmac")] },
];
