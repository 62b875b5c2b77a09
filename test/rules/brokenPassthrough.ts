/** Names whose connections a gateway hands on unopened. */
import { edit, type Case } from "./edits.ts";

const GATEWAY = "internal: { address: 172.16.1.61, default: true }";
const PUBLISHED = edit("dns:\n", "dns:\n  publish: { cloudflare: true }\n");

export const passthroughCases: readonly Case[] = [
  {
    id: "GW-PASSTHROUGH",
    broken: [edit(GATEWAY, GATEWAY.replace(" }", ", passthrough: [vault.example.com] }"))],
    nearMiss: [edit(GATEWAY, GATEWAY.replace(" }", ", passthrough: [vault.ragas.cc] }"))],
  },
  {
    id: "GW-PASSTHROUGH",
    broken: [edit(GATEWAY, GATEWAY.replace(" }", ", passthrough: [vault.ragas.cc, vault.ragas.cc] }"))],
    nearMiss: [edit(GATEWAY, GATEWAY.replace(" }", ", passthrough: [vault.ragas.cc, ragas.cc] }"))],
  },
  {
    id: "GW-PASSTHROUGH",
    broken: [
      PUBLISHED,
      edit(GATEWAY, GATEWAY.replace(" }", ", public: cloudflare-tunnel, passthrough: [vault.ragas.cc] }")),
    ],
    nearMiss: [PUBLISHED, edit(GATEWAY, GATEWAY.replace(" }", ", public: cloudflare-tunnel }"))],
  },
];
