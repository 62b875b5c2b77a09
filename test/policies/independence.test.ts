/** Whoever judges the program's policies knows nothing of the program. */
import { posix } from "node:path";
import { expect, it } from "vitest";
import { sources } from "../house/sources.ts";

/** Cases are read from YAML, and networks are made of plans; the judge is neither. */
const isJudge = (path: string): boolean => !/^test\/policies\/(cases|networks)\/|\.test\.ts$/.test(path);

const IMPORT = /from "([^"]+)"/g;

it("the judge of policies imports nothing but itself", () => {
  const judge = sources(["test/policies"]).filter(({ path }) => isJudge(path));
  expect(judge.length).toBeGreaterThan(15);
  const elsewhere = judge.flatMap(({ path, text }) =>
    [...text.matchAll(IMPORT)]
      .map(([, specifier = ""]) => posix.join(posix.dirname(path), specifier))
      .filter((target) => !target.startsWith("test/policies/") || !isJudge(target)),
  );
  expect(elsewhere).toEqual([]);
});
