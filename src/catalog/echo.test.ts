import { expect, test } from "vitest";
import { unitsIn, usesOf } from "../../test/fixtures/inUse.ts";
import { pins } from "../../test/fixtures/pins.ts";
import { networks, type Given } from "../../test/fixtures/givens.ts";
import { planOf } from "../../test/fixtures/plan.ts";
import { echo } from "./echo.ts";

test("answers under the first domain, on the default gateway only", () => {
  const plan = planOf(networks["three control planes kept free, two workers"]);
  expect(unitsIn(plan, "echo")[0]?.routes).toMatchObject([
    { host: "echo.ragas.cc", gateways: ["internal"], port: 8080 },
  ]);
});

test("is not there without a gateway", () => {
  expect(echo(pins).needed?.(planOf({ gateways: {} }))).toBe(false);
});

test("runs the image of its pin", () => {
  expect(unitsIn(planOf(), "echo")[0]?.view).toMatchObject({
    repository: "ghcr.io/mendhak/http-https-echo",
    tag: "41",
  });
});

test("its page shows the address that gets an answer, not the one that is sent on", () => {
  const urlIn = (given: Given) => {
    const plan = planOf(given);
    const [chosen] = usesOf(plan, "echo");
    if (chosen === undefined) throw new Error("echo is in use");
    return echo(pins).docs?.view(plan, {}, chosen)["url"];
  };
  expect(urlIn({ certificates: { letsencrypt: {} } })).toBe("https://echo.ragas.cc");
  expect(urlIn({})).toBe("http://echo.ragas.cc");
});
