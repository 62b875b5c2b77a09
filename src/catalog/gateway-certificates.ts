import { z } from "zod";
import type { Component } from "../model/component.ts";
import type { Plan } from "../model/plan.ts";
import type { Unit, View } from "../model/unit.ts";
import {
  gatewayCertificates,
  issuedCertificates,
  namesOf,
  signerOf,
  type IssuedCertificate,
} from "./gatewayCertificates.ts";

const ID = "gateway-certificates";

/** What gateways show, whoever signs it: another authority changes a line of a Certificate and nothing of the gateway. */
export const certificatesOfGateways: Component<Record<string, never>> = {
  id: ID,
  title: "Certificates of the gateways",
  summary: "one for each domain and the names directly below it, in a Secret beside the gateways",
  options: z.strictObject({}),
  needed: (plan) => gatewayCertificates(plan).length > 0,
  units: (plan) => units(plan),
  begins: () => [],
  docs: {
    template: "components/gateway-certificates/docs.md",
    fragments: { certificates: "components/gateway-certificates/certificates.md" },
    view: (plan) => ({
      certificates: issuedCertificates(plan).map((certificate) => ({
        name: certificate.name,
        names: namesOf(certificate),
        issuer: referenceOf(certificate, plan).name,
        by: signerOf(certificate, plan)?.component.title ?? "",
      })),
      namespace: plan.gateways[0]?.namespace ?? "",
    }),
  },
};

function referenceOf(certificate: IssuedCertificate, plan: Plan) {
  const signer = signerOf(certificate, plan);
  const reference = signer?.component.issues?.reference(signer.options);
  if (reference === undefined) throw new Error(`nobody signs ${certificate.name}`);
  return reference;
}

/** A Gateway reads Secrets of its own namespace, so the certificates lie there (Gateway API, certificateRefs). */
function units(plan: Plan): readonly Unit[] {
  const certificates = issuedCertificates(plan).map((certificate) => ({
    certificate,
    issuer: referenceOf(certificate, plan),
    ownRoot: signerOf(certificate, plan)?.component.issues?.ownRoot === true,
  }));
  const view: View = {
    certificates: certificates.map(({ certificate: { name, secret, domains }, issuer, ownRoot }) => ({
      name,
      secret,
      domains,
      issuer: { group: issuer.group, kind: issuer.kind, name: issuer.name, switch: issuer.switch ?? null },
      // Devices of Apple ask for it (support.apple.com/103769). cert-manager v1.21.1 leaves it to authorities
      // (DefaultKeyUsages), and those of the internet put it in by themselves.
      servesOnly: ownRoot,
    })),
  };
  return [...new Set(plan.gateways.map(({ namespace }) => namespace))].map((namespace, index) => ({
    id: index === 0 ? "certificates" : `certificates-${namespace}`,
    component: ID,
    namespace,
    templates: `components/${ID}/certificates`,
    after: [...new Set(certificates.map(({ issuer }) => issuer.unit))],
    view,
  }));
}
