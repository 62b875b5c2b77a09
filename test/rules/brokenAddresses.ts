/** Broken networks for the rules about addresses of machines, pods and Services. */
import { edit, type Case } from "./edits.ts";

export const addressCases: readonly Case[] = [
  {
    id: "NET-OVERLAP",
    broken: [edit("pods: 10.42.0.0/16", "pods: 172.16.0.0/16")],
    nearMiss: [edit("pods: 10.42.0.0/16", "pods: 172.17.0.0/16")],
  },
  { id: "NET-LAN", broken: [edit("172.16.1.53", "172.16.2.53")], nearMiss: [edit("172.16.1.53", "172.16.1.54")] },
  {
    id: "NET-RESERVED",
    broken: [edit("172.16.1.53", "172.16.1.255")],
    nearMiss: [edit("172.16.1.53", "172.16.1.254")],
  },
  { id: "NET-OWNER", broken: [edit("172.16.1.53", "172.16.1.11")], nearMiss: [edit("172.16.1.53", "172.16.1.12")] },
  {
    id: "NET-NAME",
    broken: [edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    talos-cp-1: 172.16.1.6")],
    nearMiss: [edit("pve4: 172.16.1.5", "pve4: 172.16.1.5\n    talos-cp-9: 172.16.1.6")],
  },
  {
    id: "NET-PODS-SIZE",
    broken: [edit("pods: 10.42.0.0/16", "pods: 10.42.0.0/23")],
    nearMiss: [edit("pods: 10.42.0.0/16", "pods: 10.42.0.0/22")],
  },
  {
    id: "NET-SERVICES-SIZE",
    broken: [edit("services: 10.43.0.0/16", "services: 11.0.0.0/8")],
    nearMiss: [edit("services: 10.43.0.0/16", "services: 10.48.0.0/12")],
  },
];
