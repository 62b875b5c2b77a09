/** Machines that Ansible looks after, as changes of the reference network. */
import { ANNOUNCED, OVER_BGP, routers } from "../fixtures/overBgp.ts";
import { edit, type Case, type Edit } from "./edits.ts";

const LAST = "pve4: 172.16.1.5";
const nas = (keys: string): Edit => edit(LAST, `${LAST}\n    nas: { ip: 172.16.1.6, ${keys} }`);

const POOLS = "pools: { lan: 172.16.1.60-172.16.1.69 }";
const ROUTED = "pools: { lan: 10.50.0.0/24 }";
const withRoutes = (pools: string): Edit => edit(pools, `${pools}\n  nodeRoutes: true`);

const far = (keys: string): readonly Edit[] => [
  ...ANNOUNCED,
  routers(`{ asn: 64513, peers: { edge: { asn: 64512, ${keys} } } }`),
];

export const hostCases: readonly Case[] = [
  {
    id: "HOST-MANAGED",
    broken: [nas("exports: /srv/volumes, nodeExporter: true")],
    nearMiss: [nas("exports: /srv/volumes, nodeExporter: true, managed: true")],
  },
  {
    id: "HOST-FOLDER",
    broken: [nas("managed: true, exports: [/srv/volumes/media, /srv/volumes]")],
    nearMiss: [nas("managed: true, exports: [/srv/volumes-media, /srv/volumes]")],
  },
  {
    id: "HOST-FOLDER",
    broken: [nas("managed: true, exports: [/srv/volumes, /srv/volumes]")],
    nearMiss: [nas("managed: true, exports: /srv/volumes")],
  },
  {
    id: "SPEC-VALUE",
    broken: [nas("managed: true, exports: /srv/../etc")],
    nearMiss: [nas("managed: true, exports: /srv/etc")],
  },
  {
    id: "LB-ROUTES-ARP",
    broken: [withRoutes(POOLS), nas("managed: true")],
    nearMiss: [...OVER_BGP, withRoutes(ROUTED), nas("managed: true")],
  },
  {
    id: "LB-ROUTES-NOBODY",
    broken: [...OVER_BGP, withRoutes(ROUTED)],
    nearMiss: [...OVER_BGP, withRoutes(ROUTED), nas("managed: true")],
  },
  {
    id: "LB-ROUTES-ROUTER",
    broken: [...far("address: 10.9.0.1, multihop: 2"), withRoutes(ROUTED), nas("managed: true")],
    nearMiss: [...far("address: 172.16.1.1"), withRoutes(ROUTED), nas("managed: true")],
  },
];
