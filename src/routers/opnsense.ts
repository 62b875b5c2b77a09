import type { Router } from "../model/router.ts";
import { routerFiles } from "./files.ts";

/**
 * OPNsense with its plugin os-frr, which writes a configuration of FRR from what stands in its pages (opnsense/plugins
 * 26.7, net/frr): its values are told page by page, and frr.conf is what they should come to.
 */
export const opnsense: Router = {
  id: "opnsense",
  title: "OPNsense",
  software: ["opnsense"],
  files: (peer, plan, templates) =>
    routerFiles(peer, plan, templates, {
      "frr.conf": "routers/frr/frr.conf",
      "README.md": "routers/opnsense/README.md",
    }),
};
