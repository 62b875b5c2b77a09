import { z } from "zod";
import { ageRecipientField } from "../fields/fields.ts";
import { RECIPIENT } from "../fields/readAge.ts";
import type { Component } from "../model/component.ts";
import type { WrittenSecrets } from "../model/keptSecrets.ts";
import { at } from "../model/layout.ts";
import { createTree } from "../tree/tree.ts";
import type { Plan } from "../model/plan.ts";
import { ARGO_NAMESPACE } from "./argo-cd.ts";
import { FLUX_NAMESPACE } from "./flux-operator.ts";
import { KSOPS_GENERATOR } from "./ksops.ts";
import { AGE_KEY, AGE_SECRET, OPERATOR_NAMESPACE, SOPS_SECRET } from "./sops-secrets-operator.ts";

const ID = "sops";

const options = z.strictObject({
  age: z
    .array(ageRecipientField())
    .min(1)
    .optional()
    .describe("public keys of those who can open the secrets; `gen secrets` makes the first one")
    .meta({ kind: "a list of recipients of age", example: [RECIPIENT] }),
  argocd: z
    .enum(["operator", "ksops"])
    .default("operator")
    .describe(
      "what opens them under Argo CD: operator a controller in the cluster, so that Argo CD sees nothing of them; ksops a plugin of kustomize in Argo CD itself, which keeps what it opened in its cache",
    )
    .meta({ because: "what Argo CD opened lies in its cache as it is" }),
});

type Options = z.output<typeof options>;

export const sops: Component<Options> = {
  id: ID,
  slot: "secrets",
  title: "SOPS",
  summary:
    "encrypted in the repository with a key of age that you keep; all is in Git, and a new cluster needs that key alone",
  options,
  units: () => [],
  files: (plan, { age, argocd }, _, { templates }) =>
    createTree(
      // A rule without recipients is none (getsops/sops, config.go).
      age === undefined
        ? []
        : [
            [
              at(plan, ".sops.yaml"),
              {
                content: templates.render("components/sops/rules.yaml", {
                  recipients: age,
                  operator: openerOf(plan, argocd) === "operator",
                }),
                kept: "managed",
                by: ID,
              },
            ],
          ],
    ),
  keepsSecrets: (plan, { age = [], argocd }) => ({
    form: "written",
    ...FORMS[openerOf(plan, argocd)],
    ending: ".sops.yaml",
    seal: { by: "age", recipients: age },
    everyDay: "Each of these has an encrypted file of its own.",
    stand: "are encrypted in it",
    filled: {
      because: "this asks for them and writes them into the repository, encrypted",
      commands: ["gen secrets"],
    },
    given: "the key that opens the secrets here, and what is needed before they are read",
    script: {
      template: "components/sops/secrets.sh",
      view: {
        recipients: age,
        keyNamespace: NAMESPACES[openerOf(plan, argocd)],
        keySecret: AGE_SECRET,
        keyName: AGE_KEY,
      },
    },
  }),
  pins: [ID],
  docs: {
    template: "components/sops/docs.md",
    fragments: { operations: "components/sops/operations.md", troubleshooting: "components/sops/troubleshooting.md" },
    view: (plan, { age = [], argocd }) => {
      const opener = openerOf(plan, argocd);
      return {
        recipients: age,
        secret: AGE_SECRET,
        namespace: NAMESPACES[opener],
        operator: opener === "operator",
        ksops: opener === "ksops",
      };
    },
  },
};

type Opener = "flux" | Options["argocd"];

/** Flux opens files itself; for Argo CD somebody else has to. */
const openerOf = ({ engine }: Plan, argocd: Options["argocd"]): Opener => (engine === "argocd" ? argocd : "flux");

const FORMS: Readonly<Record<Opener, Pick<WrittenSecrets, "as" | "kind" | "generator">>> = {
  flux: { as: "Secret" },
  operator: { as: "SopsSecret", kind: SOPS_SECRET },
  ksops: { as: "Secret", generator: KSOPS_GENERATOR },
};

/** Where who opens them finds the key. */
const NAMESPACES: Readonly<Record<Opener, string>> = {
  flux: FLUX_NAMESPACE,
  operator: OPERATOR_NAMESPACE,
  ksops: ARGO_NAMESPACE,
};
