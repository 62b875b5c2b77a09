import { describe, expect, it } from "vitest";
import { FindingsError } from "../../src/model/errors.ts";
import { ANSWERS } from "../../test/fixtures/createFlags.ts";
import { recordedSession } from "../../test/support/session.ts";
import { collect } from "./collect.ts";

/** Takes what is offered, however many questions are left. */
const DEFAULTS = Array.from({ length: 30 }, () => "");

describe("collecting answers about machines", () => {
  describe("on Proxmox", () => {
    const flags = { ...ANSWERS, taken: "pve1=172.16.1.2,pve2=172.16.1.3", hardware: "proxmox" };

    it("asks for the hosts, deals them out, and asks for neither interface nor disk", async () => {
      const session = recordedSession({
        cwd: "/home/me",
        argument: "my-homelab",
        flags,
        answers: ["each-part", "", "", "", "", "", "", "pve1 pve2", ...DEFAULTS],
      });
      const { text } = await collect(session);
      expect(text).toContain("talos-cp-1: { ip: 172.16.1.50, role: control-plane, proxmox: { host: pve1 } }");
      expect(text).toContain("talos-cp-2: { ip: 172.16.1.51, role: control-plane, proxmox: { host: pve2 } }");
      expect(text).toContain("talos-worker-1: { ip: 172.16.1.53, role: worker, proxmox: { host: pve2 } }");
      expect(text).not.toContain("nodeDefaults");
      expect(session.asked.filter((message) => /interface|Disk/.test(message))).toEqual([]);
      const byFlag = collect(
        recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: { ...flags, "proxmox-hosts": "pve1,pve2" } }),
      );
      expect((await byFlag).text).toBe(text);
    });
    it("refuses a host nobody knows at the question", async () => {
      const session = recordedSession({
        cwd: "/home/me",
        argument: "my-homelab",
        flags,
        answers: ["each-part", "", "", "", "", "", "", "pve1,pve7"],
      });
      await expect(collect(session)).rejects.toThrow("pve7 is to run talos-cp-2, talos-worker-1 and is no host");
    });
    it("names the hosts as missing where nobody can be asked, and no other answer", async () => {
      const session = recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: { ...flags, yes: true } });
      await expect(collect(session)).rejects.toMatchObject({
        message: "1 answer is missing, and there is no terminal to ask on",
        hint: expect.stringContaining("--proxmox-hosts NAME,…") as string,
      });
    });
    it("takes hosts as names only", async () => {
      const session = recordedSession({
        cwd: "/home/me",
        argument: "my-homelab",
        flags: { ...flags, "proxmox-hosts": "PVE_1" },
      });
      await expect(collect(session)).rejects.toBeInstanceOf(FindingsError);
    });
  });
  describe("on K3s", () => {
    const flags = { ...ANSWERS, distribution: "k3s" };

    it("asks for nothing that the owner of a machine sees to", async () => {
      const asked = recordedSession({
        cwd: "/home/me",
        argument: "my-homelab",
        flags,
        answers: ["each-part", ...DEFAULTS],
      });
      const { text } = await collect(asked);
      expect(text).toContain("k3s-cp-1: { ip: 172.16.1.50, role: control-plane }");
      expect(text).not.toContain("nodeDefaults");
      expect(asked.asked.filter((message) => /interface|Disk/.test(message))).toEqual([]);
      const unasked = recordedSession({ cwd: "/home/me", argument: "my-homelab", flags: { ...flags, yes: true } });
      expect((await collect(unasked)).text).toBe(text);
    });
    it("asks for the hosts of machines that Proxmox makes, and knows the rest of them", async () => {
      const session = recordedSession({
        cwd: "/home/me",
        argument: "my-homelab",
        flags: { ...flags, hardware: "proxmox", taken: "pve1=172.16.1.2" },
        answers: ["each-part", "", "", "", "", "", "pve1", ...DEFAULTS],
      });
      const { text } = await collect(session);
      expect(text).toContain("k3s-cp-1: { ip: 172.16.1.50, role: control-plane, proxmox: { host: pve1 } }");
      expect(text).not.toContain("nodeDefaults");
      expect(session.asked.filter((message) => /interface|Disk|user/.test(message))).toEqual([]);
    });
    it("refuses hardware that makes machines of another distribution", async () => {
      const session = recordedSession({
        cwd: "/home/me",
        argument: "my-homelab",
        flags: { ...flags, distribution: "existing" },
        answers: ["each-part", "", "", "proxmox", ...DEFAULTS],
      });
      await expect(collect(session)).rejects.toThrow("proxmox is disabled: only for talos, k3s, kubeadm");
    });
  });
});
