/** What a network can be without, said by a flag beside a preset or as an answer. */
import { expect, it } from "vitest";
import { valueAt, type Draft } from "./draft.ts";
import { assembleCatalog } from "../../src/cli/catalog.ts";
import { read } from "../../src/yaml/read.ts";
import { recordedSession } from "../../test/support/session.ts";
import { collect } from "./collect.ts";
import type { Around } from "./question.ts";
import { severalQuestions } from "./several.ts";

const collected = (flags: Readonly<Record<string, string>>) =>
  collect(recordedSession({ cwd: "/home/me", argument: "home", flags: { preset: "talos-cilium-envoy", ...flags } }));

it("lets your own devices in from outside where a flag says so", async () => {
  const { text } = await collected({ remote: "tailscale" });
  const { value } = read(text, "homelab.yaml", { aliases: "refuse" });
  expect(valueAt(value as Draft, "remote.tailscale")).toBe(true);
  expect((await collected({ remote: "none" })).text).toBe((await collected({})).text);
});

it("asks who lets them in, and proposes nobody", async () => {
  const question = severalQuestions(assembleCatalog()).find(({ flag }) => flag === "remote");
  const around = { refused: () => undefined, plan: () => undefined } as unknown as Around;
  const state = { draft: {}, answers: new Map() };
  expect(question?.propose?.(state, around)).toMatchObject({ text: "none" });
  expect(question?.choices?.(state, around).map(({ value }) => value)).toEqual(["none", "tailscale"]);
  expect(question?.check("tailscal", state, around)).toBe("did you mean tailscale?");
  expect(valueAt(question?.apply("tailscale", state, around).draft ?? {}, "remote.tailscale")).toBe(true);
});

const ofNothing = { distribution: "kubeadm", hardware: "raspberry-pi", "control-planes": "1", workers: "1" };
const fromNothing = async (flags: Readonly<Record<string, string>>) => {
  const answers = { domain: "ragas.cc", repository: "https://github.com/example/homelab.git", lan: "172.16.1.0/24" };
  const session = recordedSession({
    cwd: "/home/me",
    argument: "home",
    flags: { name: "home", ...answers, router: "172.16.1.1", dns: "172.16.1.1", ...ofNothing, ...flags },
  });
  return read((await collect(session)).text, "homelab.yaml", { aliases: "refuse" }).value as Draft;
};

it("writes nothing of what sees the network, keeps volumes or helps where nobody asks", async () => {
  const spec = await fromNothing({});
  for (const key of ["observability", "storage", "platform"]) expect(valueAt(spec, key)).toBeUndefined();
});

it("offers a disk to what keeps something, and a smaller one on boards", async () => {
  const chosen = { observability: "prometheus,logs", platform: "descheduler" };
  const boards = await fromNothing(chosen);
  expect(valueAt(boards, "observability")).toEqual({ prometheus: { size: "5GiB" }, logs: { size: "5GiB" } });
  expect(valueAt(boards, "storage")).toEqual({ "local-path": true });
  expect(valueAt(boards, "platform")).toEqual({ descheduler: true });
  const machines = await fromNothing({ ...chosen, hardware: "bare-metal" });
  expect(valueAt(machines, "observability")).toEqual({ prometheus: true, logs: true });
});

it("offers no disk where the distribution has one, or somebody says another", async () => {
  const k3s = { observability: "prometheus", distribution: "k3s" };
  expect(valueAt(await fromNothing(k3s), "storage")).toBeUndefined();
  const longhorn = { observability: "prometheus", storage: "longhorn", distribution: "k3s", hardware: "bare-metal" };
  expect(valueAt(await fromNothing(longhorn), "storage")).toEqual({ longhorn: true });
});
