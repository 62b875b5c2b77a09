import { expect, test } from "vitest";
import { externalSecretsOptions } from "./externalStores.ts";
import { vaultSecretsOperator } from "./vault-secrets-operator.ts";

const pem = (what: string): string => `-----BEGIN ${what}-----\nMIIB\n-----END ${what}-----\n`;

test("an authority is told by certificates alone", () => {
  const isTaken = (ca: string): boolean => externalSecretsOptions.safeParse({ store: "vault", ca }).success;
  expect(isTaken(pem("CERTIFICATE"))).toBe(true);
  expect(isTaken(pem("CERTIFICATE").repeat(2))).toBe(true);
  expect(isTaken(`${pem("CERTIFICATE")}${pem("PRIVATE KEY")}${pem("CERTIFICATE")}`)).toBe(false);
});

test.each([
  ["https://172.16.1.10:8200", true],
  ["https://[fd00::10]:8200", true],
  ["http://vault.ragas.cc", true],
  ["https://me:password@172.16.1.10:8200", false],
  ["https://172.16.1.10:8200/v1", false],
  ["https://172.16.1.10:8200 $(reboot)", false],
])("Vault at %s: %s", (address, isTaken) => {
  expect(vaultSecretsOperator.options.safeParse({ address }).success).toBe(isTaken);
});
