/** Clusters that ran before: what gives way to the repository is removed by people, who have to be told. */
import { asList, at } from "../../../src/model/unknown.ts";
import { pathsOf, replaced, specOf, unless, type Check, type Files } from "./check.ts";
import { installerOf, ranBefore } from "./machines.ts";

const PAGE = /^docs\/bootstrap\.md$/;

const page = (files: Files): string => files.get("docs/bootstrap.md") ?? "";

const ran = (files: Files, part: string): boolean => asList(at(specOf(files), "cluster", "runs")).includes(part);

const hasApp = (files: Files, name: string): boolean =>
  pathsOf(files, new RegExp(`^kubernetes/apps/[^/]+/${name}/`)).length > 0;

export const existing: readonly Check[] = [
  {
    id: "what-ran-before-gives-way",
    says: "people are told to switch off the balancer and the gateway K3s brought, and a pod network that another replaces",
    about: ranBefore,
    check: (files) => [
      ...["servicelb", "traefik"].flatMap((part) =>
        unless(
          !ran(files, part) ||
            at(specOf(files), "loadBalancer", "provider") === part ||
            new RegExp(`\\n(?: {2})?- \`?${part}\`?\\n`).test(page(files)),
          `${part} of K3s goes on`,
        ),
      ),
      ...unless(
        !ran(files, "flannel") ||
          !["cilium", "calico"].some((name) => hasApp(files, name)) ||
          (installerOf(files) === "k3s" && page(files).includes("\nflannel-backend: none\n")) ||
          (page(files).includes("delete daemonset --namespace kube-system kube-flannel ") &&
            (installerOf(files) !== "talos" || page(files).includes("\n    cni:\n      name: none\n"))),
        "flannel goes on beside what replaces it",
      ),
    ],
    broken: [
      (files) => replaced(files, PAGE, "  - servicelb\n", ""),
      (files) => replaced(files, PAGE, "  - traefik\n", ""),
      (files) => replaced(files, PAGE, "kube-system kube-flannel ", "kube-system flannel "),
      (files) => replaced(files, PAGE, "      name: none\n", "      name: flannel\n"),
    ],
  },
  {
    id: "what-ran-before-is-installed-once",
    says: "what stays as the cluster brought it is in no folder of the repository",
    about: ranBefore,
    check: (files) =>
      ["coredns", "metrics-server"].flatMap((part) =>
        unless(!ran(files, part) || !hasApp(files, part), `${part} is installed a second time`),
      ),
    broken: ["coredns", "metrics-server"].map((part) => (files: Files) => {
      const path = `kubernetes/apps/kube-system/${part}/ks.yaml`;
      return ran(files, part) ? new Map([...files, [path, "kind: Kustomization\n"]]) : files;
    }),
  },
];
