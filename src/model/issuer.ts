/** Who signs the certificates that gateways show. */
import type { SpecPath } from "./finding.ts";
import type { UnitId } from "./unit.ts";

export interface CertificateIssuer<Options> {
  /** It looks domains up on the internet before it signs: none there is certified by it. */
  readonly onlyPublic?: true;
  /** Nobody knows its root who was not told: it lies in the Secret of each certificate, as `ca.crt`. */
  readonly ownRoot?: true;
  /** What it is there for besides, with these options: it may be left without a domain then. */
  besides?(options: Options): boolean;
  reference(options: Options): IssuerReference;
}

/** `issuerRef` of a Certificate, and what has to be there before. */
export interface IssuerReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly unit: UnitId;
  /** The key of homelab.yaml that names another issuer of the same authority. */
  readonly switch?: SpecPath;
}
