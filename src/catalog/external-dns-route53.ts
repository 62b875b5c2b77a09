import { awsKey } from "./dnsHostKeys.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { externalDns, fromSecret, WILDCARD_MARK } from "./externalDns.ts";

/** Flags, environment and rights: kubernetes-sigs/external-dns v0.21.0, docs/tutorials/aws.md, provider/aws/aws.go. */
export const externalDnsRoute53 = externalDns({
  id: "external-dns-route53",
  provider: "route53",
  title: dnsHosts.route53.title,
  summary: "writes the names of routes into your public DNS at Amazon Route 53; asks for an access key",
  publishes: { reach: "internet", host: "route53" },
  keys: {},
  offer: {},
  told: ({ secret }) => ({
    provider: { name: "aws" },
    env: [
      fromSecret("AWS_ACCESS_KEY_ID", secret, "access-key-id"),
      fromSecret("AWS_SECRET_ACCESS_KEY", secret, "secret-access-key"),
      // The service has none; its library wants one.
      { name: "AWS_DEFAULT_REGION", value: "us-east-1" },
    ],
    args: [
      {
        why: "Zones of the internet, also that of a domain above.",
        args: ["--aws-zone-type=public", "--aws-zone-match-parent"],
      },
      WILDCARD_MARK,
    ],
  }),
  key: "an access key that may list the hosted zones and change their records",
  secret: ({ domains }) => ({
    keys: awsKey(
      `do route53:ListHostedZones, and on the hosted zone of ${domains.join(" and ")} route53:ChangeResourceRecordSets and route53:ListResourceRecordSets`,
    ),
    because: "external-dns writes the names of routes into your public DNS",
  }),
  expects: ({ domains }) => domains.flatMap((domain) => delegated(domain, "route53", "external-dns")),
});
