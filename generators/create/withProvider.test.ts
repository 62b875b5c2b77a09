import { expect, test } from "vitest";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import type { SlotForOne } from "../../src/model/slot.ts";
import { withProvider } from "./withProvider.ts";

const catalog = assembleCatalog();

function changed(to: string, cni: unknown): unknown {
  const slot = catalog.slots.find(({ id }) => id === "cni") as SlotForOne;
  const component = catalog.components.find(({ id }) => id === to);
  if (component === undefined) throw new Error(`there is no ${to}`);
  return withProvider({ cni }, slot, component)["cni"];
}

test("another component keeps what it has as well, and with that value", () => {
  const cilium = { provider: "cilium", routing: "vxlan", encryption: "wireguard", hubble: false };
  expect(changed("calico", cilium)).toEqual({ provider: "calico", routing: "vxlan", encryption: "wireguard" });
  expect(changed("calico", { ...cilium, routing: "native" })).toEqual({ provider: "calico", encryption: "wireguard" });
  expect(changed("flannel", cilium)).toEqual({ provider: "flannel" });
});

test("the same one keeps everything, and a bare name has nothing to lose", () => {
  const cilium = { provider: "cilium", routing: "native", hubble: false };
  expect(changed("cilium", cilium)).toEqual(cilium);
  expect(changed("calico", "cilium")).toEqual({ provider: "calico" });
});
