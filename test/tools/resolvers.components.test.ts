/** CoreDNS is built as the release that the pinned chart installs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pinOf } from "../../src/model/pins.ts";
import { pins } from "../fixtures/pins.ts";
import { requireComponents } from "../support/components.ts";
import { toolVersion } from "../support/goTools.ts";

test("CoreDNS", async () => {
  const text = readFileSync(join(requireComponents(), "coredns/VERSION"), "utf8");
  const [, chart] = /^version: (.+)$/m.exec(text) ?? [];
  const [, app] = /^app_version: (.+)$/m.exec(text) ?? [];
  expect(pinOf(pins, "coredns").version).toBe(chart);
  expect(await toolVersion("coredns")).toBe(app);
});
