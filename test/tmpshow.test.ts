import { writeFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "vitest";
import { emitted } from "./fixtures/emitted.ts";
import { reference } from "./fixtures/reference.ts";
import { edited } from "./rules/edits.ts";
import { assessSpec } from "../src/rules/planSpec.ts";
import { rules } from "../src/rules/index.ts";
import { emittedCatalog } from "./fixtures/emitted.ts";
const CNI = "cni:\n  provider: cilium\n  routing: native\n  loadBalancing: { mode: dsr }\n";
const nets: Record<string, string> = {
  calico: edited(reference, [
    { find: CNI, replace: "cni: { provider: calico, routing: vxlan }\n" },
    { find: "provider: cilium\n  mode: l2", replace: "provider: metallb\n  mode: l2" },
  ]),
  ebpf: edited(reference, [
    { find: CNI, replace: "cni: { provider: calico, dataplane: ebpf, encryption: wireguard }\n" },
    { find: "provider: cilium\n  mode: l2", replace: "provider: metallb\n  mode: l2" },
  ]),
  flannel: edited(reference, [
    { find: CNI, replace: "cni: flannel\n" },
    { find: "provider: cilium\n  mode: l2", replace: "provider: metallb\n  mode: l2" },
  ]),
};
test("show", () => {
  for (const [name, text] of Object.entries(nets)) {
    console.log(
      name,
      JSON.stringify(
        assessSpec(text, "homelab.yaml", emittedCatalog, rules).findings.map(({ id, message }) => id + message),
      ),
    );
    for (const [path, { content }] of emitted(text).tree) {
      const at = `/tmp/show/${name}/${path}`;
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, content);
    }
  }
});
