/** Encrypted files: who opens them, with what, and what of them can be read by everybody. */
import { asList, asMap, at } from "../../../src/model/unknown.ts";
import { documents, objects, replaced, unless, type Check, type Files } from "./check.ts";

const RULES = ".sops.yaml";
const INSTANCE = /\/fluxinstance\.yaml$/;
/** Of Argo CD. */
const VALUES = /\/argocd\/argocd\/[^/]+\/values\.yaml$/;
const SCRIPT = /^bootstrap\/secrets\.sh$/;

const isEncrypted = (files: Files): boolean => files.has(RULES);
const isByFlux = (files: Files): boolean => isEncrypted(files) && [...files.keys()].some((path) => INSTANCE.test(path));
const isByKsops = (files: Files): boolean =>
  isEncrypted(files) && files.get("docs/components.md")?.includes("ksops") === true;
const isByOperator = (files: Files): boolean => isEncrypted(files) && !isByFlux(files) && !isByKsops(files);

/** Names that sops takes one of in a rule (getsops/sops, config.go). */
const WAYS = ["encrypted_regex", "unencrypted_regex", "encrypted_suffix", "unencrypted_suffix"];

const keyName = (files: Files): string =>
  /--sops-age-secret=(\S+)/.exec([...files].find(([path]) => INSTANCE.test(path))?.[1] ?? "")?.[1] ?? "";

export const sops: readonly Check[] = [
  {
    id: "encrypted-files-are-opened",
    about: isByFlux,
    says: "every Kustomization opens what is encrypted, with the key that the controller has for all",
    check: (files) => [
      ...unless(keyName(files) !== "", "the controller has no key"),
      ...objects(files, "Kustomization")
        .filter(({ object }) => at(object, "metadata", "name") === "cluster-apps")
        .flatMap(({ path, object }) =>
          unless(
            /^ {2}decryption:\n {4}provider: sops$/m.test(String(at(object, "spec", "patches", 0, "patch"))),
            path,
          ),
        ),
    ],
    broken: [
      (files) => replaced(files, INSTANCE, /--sops-age-secret=\S+/, "--log-level=info"),
      (files) => replaced(files, /^kubernetes\/flux\/cluster\/ks\.yaml$/, "provider: sops", "provider: none"),
    ],
  },
  {
    id: "the-key-of-age-is-found",
    about: isByFlux,
    says: "the script gives the key under the name that is looked for, in the namespace of the controller",
    check: (files) =>
      unless(
        new RegExp(`^ {2}${keyName(files)} flux-system \\S+\\.agekey `, "m").test(
          files.get("bootstrap/secrets.sh") ?? "",
        ),
        "the key has another name",
      ),
    broken: [
      (files) => replaced(files, SCRIPT, "age.agekey", "age.key"),
      (files) => replaced(files, INSTANCE, "--sops-age-secret=sops-age", "--sops-age-secret=age"),
    ],
  },
  {
    id: "an-operator-opens-what-is-encrypted",
    about: isByOperator,
    says: "the operator finds the key that the script gives, and steps with secrets come after it",
    check: (files) => {
      const values = [...files].find(([path]) => path.endsWith("/sops-secrets-operator/app/values.yaml"))?.[1] ?? "";
      const [, secret = ""] = /secretName: (\S+)/.exec(values) ?? [];
      const [, key = ""] = /value: \/etc\/sops-age\/(\S+)/.exec(values) ?? [];
      const script = files.get("bootstrap/secrets.sh") ?? "";
      const waves = objects(files, "Application").map(
        ({ object }) =>
          [
            String(at(object, "metadata", "name")),
            Number(at(object, "metadata", "annotations", "argocd.argoproj.io/sync-wave")),
          ] as const,
      );
      const waveOf = (name: string): number => waves.find(([other]) => other === name)?.[1] ?? 0;
      return [
        ...unless(script.includes(`  ${secret} sops-secrets-operator ${key} `), "the key has another name"),
        ...unless(waveOf("sops-secrets-operator") < waveOf("cert-manager-letsencrypt"), "the operator comes too late"),
      ];
    },
    broken: [
      (files) => replaced(files, SCRIPT, "age.agekey", "age.key"),
      (files) => replaced(files, /\/cert-manager\.yaml$/, /sync-wave: "-\d"/g, 'sync-wave: "-99"'),
    ],
  },
  {
    id: "kustomize-opens-what-is-encrypted",
    about: isByKsops,
    says: "kustomize of Argo CD may run ksops, and ksops finds the key that the script gives",
    check: (files) => {
      const [values] = [...files].filter(([path]) => VALUES.test(path)).flatMap(([path]) => documents(files, path));
      const repoServer = at(values, "repoServer");
      const mounts = asList(at(repoServer, "volumeMounts"));
      const key = asList(at(repoServer, "env")).find((one) => at(one, "name") === "SOPS_AGE_KEY_FILE");
      const [folder, name] = String(at(key, "value")).split(/\/(?=[^/]+$)/);
      const volume = mounts.find((mount) => at(mount, "mountPath") === folder);
      const secret = asList(at(repoServer, "volumes")).find((one) => at(one, "name") === at(volume, "name"));
      const script = files.get("bootstrap/secrets.sh") ?? "";
      return [
        ...unless(
          at(values, "configs", "cm", "kustomize.buildOptions") === "--enable-alpha-plugins --enable-exec",
          "kustomize may not run it",
        ),
        ...unless(
          script.includes(`  ${String(at(secret, "secret", "secretName"))} argocd ${name} `),
          "the key has another name",
        ),
        ...unless(
          mounts.some((mount) => at(mount, "subPath") === "ksops" && at(mount, "mountPath") === "/usr/local/bin/ksops"),
          "kustomize does not find it",
        ),
        ...unless(
          asList(at(repoServer, "initContainers", 0, "command")).join(" ") === "/usr/local/bin/ksops install /ksops",
          "more than ksops is installed",
        ),
        ...unless(
          ![...files.keys()].some((path) => path.includes("sops-secrets-operator")),
          "the operator is there too",
        ),
      ];
    },
    broken: [
      (files) => replaced(files, SCRIPT, "age.agekey", "age.key"),
      (files) => replaced(files, VALUES, " --enable-exec", ""),
      (files) => replaced(files, VALUES, "subPath: ksops", "subPath: other"),
      (files) => replaced(files, VALUES, "- install\n", "- install\n        - --with-kustomize\n"),
    ],
  },
  {
    id: "values-alone-are-encrypted",
    about: isEncrypted,
    says: "what an object is can be read, its values cannot, and each rule says that in one way",
    check: (files) =>
      documents(files, RULES).flatMap((value) =>
        asList(at(value, "creation_rules")).flatMap((rule) => {
          const ways = WAYS.filter((way) => asMap(rule)[way] !== undefined);
          return [
            ...unless(ways.length === 1, `a rule has ${ways.join(", ")}`),
            ...unless(
              ways[0] === "encrypted_suffix"
                ? isByOperator(files) && at(rule, "encrypted_suffix") === "Templates"
                : at(rule, "encrypted_regex") === "^(data|stringData)$",
              "something else is encrypted",
            ),
            ...unless(asList(at(rule, "age")).length > 0, "nobody can open it"),
          ];
        }),
      ),
    broken: [
      (files) => replaced(files, /^\.sops\.yaml$/, "encrypted_suffix: Templates", "encrypted_suffix: templates"),
      (files) => replaced(files, /^\.sops\.yaml$/, /^ {4}encrypted_regex: .*\n/m, ""),
      (files) => replaced(files, /^\.sops\.yaml$/, "    mac_only", "    unencrypted_suffix: _plain\n    mac_only"),
    ],
  },
];
