import { googleKey } from "./dnsHostKeys.ts";
import { delegated, dnsHosts } from "./dnsHosts.ts";
import { googleProject } from "./dnsSolvers.ts";
import { externalDns, WILDCARD_MARK } from "./externalDns.ts";

const FOLDER = "/etc/google";
const KEY = "credentials.json";

/** Flags, file and role: kubernetes-sigs/external-dns v0.21.0, docs/flags.md, docs/tutorials/gke.md. */
export const externalDnsGoogle = externalDns<{ readonly project: string }>({
  id: "external-dns-google",
  provider: "google",
  title: dnsHosts.google.title,
  summary: "writes the names of routes into your public DNS at Google Cloud DNS; asks for the key of a service account",
  publishes: { reach: "internet", host: "google" },
  keys: { project: googleProject() },
  told: ({ options: { project }, secret }) => ({
    provider: { name: "google" },
    env: [{ name: "GOOGLE_APPLICATION_CREDENTIALS", value: `${FOLDER}/${KEY}` }],
    volumes: [{ name: "google", secret: { secretName: secret } }],
    mounts: [{ name: "google", mountPath: FOLDER, readOnly: true }],
    args: [
      {
        why: "Zones of the internet, in this project.",
        args: [`--google-project=${project}`, "--google-zone-visibility=public"],
      },
      WILDCARD_MARK,
    ],
  }),
  key: "the key of a service account that may administer the DNS of its project",
  secret: ({ options: { project } }) => ({
    keys: googleKey(project),
    because: "external-dns writes the names of routes into your public DNS",
  }),
  expects: ({ domains }) => domains.flatMap((domain) => delegated(domain, "google", "external-dns")),
  docs: "components/external-dns-google/docs.md",
});
