/** Needs HOMELAB_NET_COMPONENTS: amtool is tried at the version of Alertmanager that the pinned chart installs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { expect, test } from "vitest";
import { at } from "../../src/model/unknown.ts";
import { requireComponents } from "../support/components.ts";
import { toolVersion } from "../support/goTools.ts";

test("amtool is that of the pinned chart", async () => {
  const values: unknown = parse(readFileSync(join(requireComponents(), "kube-prometheus-stack/values.yaml"), "utf8"));
  expect(at(values, "alertmanager", "alertmanagerSpec", "image", "tag")).toBe(`v${await toolVersion("amtool")}`);
});
