import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distance, suggest } from "./suggest.ts";

describe("suggest", () => {
  it.each([
    ["pool", ["pools", "mode"], "pools"],
    ["routng", ["routing", "encryption"], "routing"],
    ["cillium", ["calico", "cilium"], "cilium"],
    ["Cilium", ["cilium"], "cilium"],
    ["gitpos", ["gitops"], "gitops"],
    ["dsn", ["ntp", "dns"], "dns"],
    ["ip", ["ntp", "cidr"], undefined],
    ["metallb", ["cilium", "kube-vip"], undefined],
    ["anything", [], undefined],
  ])("%s among %j is %s", (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
  });

  it("finds a word with one letter dropped, doubled or swapped", () => {
    const words = ["distribution", "loadBalancer", "nodeDefaults", "repository"];
    fc.assert(
      fc.property(
        fc.constantFrom(...words),
        fc.nat(),
        fc.constantFrom("drop", "double", "swap"),
        (word, seed, slip) => {
          const at = seed % (word.length - 1);
          const [head, one, two, tail] = [word.slice(0, at), word[at] ?? "", word[at + 1] ?? "", word.slice(at + 2)];
          const typed =
            slip === "drop"
              ? head + two + tail
              : slip === "double"
                ? head + one + one + two + tail
                : head + two + one + tail;
          expect(suggest(typed, words)).toBe(word);
        },
      ),
    );
  });
});

describe("distance", () => {
  it("is symmetric, zero only for equal words, and never more than the longer word", () => {
    const word = fc.string({ maxLength: 8, unit: fc.constantFrom("a", "b", "c") });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b) === 0).toBe(a === b);
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});
