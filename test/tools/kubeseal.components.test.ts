/** Needs HOMELAB_NET_COMPONENTS: kubeseal is tried at the version of the controller that the pinned chart installs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pinOf } from "../../src/model/pins.ts";
import { pins } from "../fixtures/pins.ts";
import { requireComponents } from "../support/components.ts";
import { toolVersion } from "../support/goTools.ts";

test("kubeseal is that of the pinned chart", async () => {
  const text = readFileSync(join(requireComponents(), "sealed-secrets/VERSION"), "utf8");
  const [, app = "", chart = ""] = /^sealed-secrets v(\S+) .*chart (\S+) /.exec(text) ?? [];
  expect(pinOf(pins, "sealed-secrets").version).toBe(chart);
  expect(await toolVersion("kubeseal")).toBe(app);
});
