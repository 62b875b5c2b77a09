import { expect, test } from "vitest";
import { fileType } from "./fileType.ts";

test.each([
  ["components/cilium/values.yaml", "yaml"],
  [".pre-commit-config.yml", "yaml"],
  ["docs/dns.md", "markdown"],
  ["bootstrap/apps.sh", "shell"],
  ["renovate.json5", "json"],
  ["mise.toml", "json"],
  ["routers/frr/frr.conf", "text"],
  ["routers/vyos/homelab.vyos", "shell"],
  ["routers/mikrotik/homelab.rsc", "routeros"],
  ["infrastructure/proxmox/versions.tf", "hcl"],
  ["machines.auto.tfvars", "hcl"],
  ["machines.auto.tfvars.json", "json"],
  ["_gitignore", "text"],
  ["Makefile", undefined],
  ["page.html", undefined],
  ["md", undefined],
])("%s is %s", (path, type) => {
  expect(fileType(path)).toBe(type);
});
