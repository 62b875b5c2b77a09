import { expect, test } from "vitest";
import { compareVersions } from "./version.ts";

test.each([
  ["1.18.4", "1.18.10"],
  ["1.9", "1.9.1"],
  ["v1.9.0", "1.10.0"],
  ["2025.12.1", "2026.1.0"],
  ["1.0.0-rc.1", "1.0.0"],
  ["1.0.0-alpha.1", "1.0.0-beta.1"],
  ["1.0.0-rc.2", "1.0.0-rc.10"],
  ["1.0.0-rc2", "1.0.0-rc10"],
  ["1.0.0-rc", "1.0.0-rc.1"],
  ["1.0.0-rc.1", "1.0.0-rc.x"],
  ["v1.33.1+k3s1", "v1.33.1+k3s2"],
  ["v1.33.9+k3s1", "v1.34.0+k3s1"],
  ["1.2.3-alpine3.20", "1.2.3-alpine3.21"],
  ["13.0.1-debian-12-r3", "13.0.2-debian-12-r1"],
  ["40", "41"],
])("%s is older than %s", (older, newer) => {
  expect(compareVersions(older, newer)).toBeLessThan(0);
  expect(compareVersions(newer, older)).toBeGreaterThan(0);
});

test.each([
  ["1.2", "v1.2.0"],
  ["1.0.0-rc.1", "1.0.0-rc.1"],
])("%s is as new as %s", (a, b) => {
  expect(compareVersions(a, b)).toBe(0);
});

test.each([
  ["latest", "1.0.0"],
  ["1.2.3-alpine", "1.3.0-debian"],
  ["1.2.3", "1.3.0-alpine"],
  ["1.3.0-rc.1", "1.3.0-alpine"],
  ["1.0.0+a1", "1.0.0+b1"],
  ["", "1"],
])("nobody can tell about %s and %s", (a, b) => {
  expect(compareVersions(a, b)).toBeUndefined();
  expect(compareVersions(b, a)).toBeUndefined();
});
