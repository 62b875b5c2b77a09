/** Needs HOMELAB_NET_TOOLS: FRR as Debian has it. */
import { expect, test } from "vitest";
import { frrComplaints } from "../support/frr.ts";

const WHOLE = "router bgp 64512\n neighbor 10.0.0.1 remote-as 64513\nexit\n";

test("a configuration is taken", async () => {
  expect(await frrComplaints(WHOLE)).toBe("");
});

test.each([
  ["a word nobody knows", WHOLE.replace("neighbor", "neighbour")],
  ["a number that is none", WHOLE.replace("64513", "4294967296")],
  ["half of a line", WHOLE.replace(" 64513", "")],
])("%s is refused", async (_, configuration) => {
  expect(await frrComplaints(configuration)).not.toBe("");
});
