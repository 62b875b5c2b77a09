/** A policy with a mistake in it is found out, in the words of each pod network. */
import { describe, expect, it } from "vitest";
import { emitted, emittedCatalog } from "../../fixtures/emitted.ts";
import { gatewayVariations } from "../../fixtures/gatewayVariations.ts";
import { variations } from "../../fixtures/variations.ts";
import type { Files } from "../../fates/construction/check.ts";
import { header } from "../read.ts";
import { UnreadableObject } from "../world.ts";
import type { Declared } from "./declared.ts";
import { oneByOne, type Wanted } from "./findings.ts";
import { mistakes } from "./mistakes.ts";
import { wantedOf } from "./network.ts";

const presetText = (name: string): string => emittedCatalog.templates.render(`presets/${name}.yaml`, {});

function known(text: string | undefined): string {
  if (text === undefined) throw new Error("a network has another name");
  return text;
}

const networks: Readonly<Record<string, string>> = {
  Cilium: presetText("talos-cilium-envoy"),
  Calico: presetText("pi-calico-bgp"),
  "gateways of two kinds": known(gatewayVariations["moving from Cilium's gateways to Envoy's, both there"]),
  "policies of Kubernetes alone": known(variations["one server of K3s with its flannel, encrypted"]),
};

function judgedIn(specText: string): Wanted {
  const { plan, tree, prefix } = emitted(specText);
  const files: Files = new Map([...tree].map(([path, { content }]) => [path.slice(prefix.length), content]));
  const wanted = wantedOf(plan, files);
  if (wanted === undefined) throw new Error("policies are enforced there");
  return wanted;
}

/** One declaration alone, with the policies it is written as: others may open or close the same pods once more. */
function alone(wanted: Wanted, { title }: Declared): Wanted {
  const [namespace = "", name = ""] = title.split("/");
  return {
    ...wanted,
    declared: wanted.declared.filter((one) => one.title === title),
    objects: wanted.objects.filter((object) => {
      const found = header(object);
      return found.namespace === undefined
        ? found.name === `${namespace}-${name}`
        : found.namespace === namespace && found.name === name;
    }),
  };
}

/** Whether it says anything at all, or that the object cannot be read. */
function isFoundOut(wanted: Wanted): boolean {
  try {
    return oneByOne(wanted).next().done === false;
  } catch (error) {
    if (error instanceof UnreadableObject) return true;
    throw error;
  }
}

describe.each(Object.entries(networks))("with %s", (_, specText) => {
  const wanted = judgedIn(specText);
  const parts = wanted.declared.map((declared) => alone(wanted, declared));
  const made = parts.flatMap((part) =>
    part.objects.flatMap((object) => [
      ...mistakes.flatMap(({ title, make }) =>
        make(object).map((mistaken, place) => ({
          title,
          of: header(object).title,
          place,
          part,
          object,
          by: [mistaken],
        })),
      ),
      { title: "it is gone", of: header(object).title, place: 0, part, object, by: [] },
    ]),
  );

  it("knows what each policy is for", () => {
    expect(wanted.objects.filter((object) => !parts.some(({ objects }) => objects.includes(object)))).toEqual([]);
    expect(parts.flatMap((part) => [...oneByOne(part)])).toEqual([]);
  });

  it.each(made)("$title: $of, place $place", ({ part, object, by }) => {
    expect(isFoundOut({ ...part, objects: [...part.objects.filter((one) => one !== object), ...by] })).toBe(true);
  });
});

it("every mistake is made somewhere", () => {
  const all = Object.values(networks).flatMap((specText) => judgedIn(specText).objects);
  expect(mistakes.filter(({ make }) => all.every((object) => make(object).length === 0))).toEqual([]);
});
