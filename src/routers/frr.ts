import type { Router } from "../model/router.ts";
import { routerFiles } from "./files.ts";

/** FRRouting, on a machine of its own. Its words are those of many others, so it stands in for whatever nobody named. */
export const frr: Router = {
  id: "frr",
  title: "FRR",
  software: ["frr"],
  files: (peer, plan, templates) =>
    routerFiles(peer, plan, templates, { "frr.conf": "routers/frr/frr.conf", "README.md": "routers/frr/README.md" }),
};
