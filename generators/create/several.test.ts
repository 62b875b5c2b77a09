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
