/** What people type at the questions of create-homelab-net. */
import type { Key } from "../support/terminal.ts";

/** What is seen, and what is typed then. An empty answer takes what is offered. */
export type Answered = readonly [question: string, answer: string | readonly Key[]];

export const ANSWERS: readonly Answered[] = [
  // Behind the presets.
  ["Start from", ["down", "down", "down", "down", "enter"]],
  ["Folder of the new repository", "home"],
  ["Cluster name", "ragas"],
  ["Domain", "ragas.cc"],
  ["Git repository", "https://github.com/example/homelab.git"],
  ["The repository is", ""],
  ["Distribution", ""],
  ["Hardware", ""],
  ["Your LAN", "172.16.1.0/24"],
  ["Router", ""],
  ["DHCP hands out", "172.16.1.100-172.16.1.199"],
  ["Addresses already taken", "nas=172.16.1.20"],
  ["Resolvers of the machines", ""],
  ["Control planes", "3"],
  ["Workers", "1"],
  ["Their addresses", ""],
  ["Network interface", "ens18"],
  ["Disk to install on", "/dev/sda"],
  ["GitOps engine", ""],
];

/** The network of the preset, as its owner types it. */
export const OF_THE_PRESET: readonly Answered[] = [
  ["Start from", ""],
  ["Cluster name", "ragas"],
  ["Domain", "ragas.cc"],
  ["Git repository", "https://github.com/example/homelab.git"],
  ["The repository is", ""],
  ["Your LAN", "172.16.1.0/24"],
  ["Router", ""],
  ["DHCP hands out", "172.16.1.100-172.16.1.199"],
  ["Addresses already taken", "router=.1, pve1-4=.2-.5, technitium=.10, adguard=.11"],
  ["Resolvers of the machines", "adguard,technitium"],
  ["They run", ""],
  ["Control planes", "3"],
  ["Workers", "1"],
  ["Their addresses", ""],
  ["Proxmox hosts", "pve1,pve2,pve3,pve4"],
  ["Address of the Kubernetes API", ""],
  ["LoadBalancer pool", ""],
];
