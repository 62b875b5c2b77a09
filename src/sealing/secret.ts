/** A Secret with its values: what people give, and what stands in the repository only in a form that the cluster alone can read. */
import type { KubernetesObject } from "../model/unit.ts";

export interface OpenSecret {
  readonly name: string;
  readonly namespace: string;
  readonly type?: string | undefined;
  readonly labels?: Readonly<Record<string, string>> | undefined;
  readonly values: Readonly<Record<string, string>>;
}

/** As an object. Texts, so that whoever opens the file reads what was given. */
export const secretObject = ({ name, namespace, labels, type, values }: OpenSecret): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name, namespace, ...(labels !== undefined && { labels }) },
  ...(type !== undefined && { type }),
  stringData: values,
});

/** Of which the operator makes that Secret (CRD of sops-secrets-operator 0.21.1). */
export const sopsSecretObject = ({ name, namespace, labels, type, values }: OpenSecret): KubernetesObject => ({
  apiVersion: "isindir.github.com/v1alpha3",
  kind: "SopsSecret",
  metadata: { name, namespace },
  spec: {
    secretTemplates: [
      { name, ...(labels !== undefined && { labels }), ...(type !== undefined && { type }), stringData: values },
    ],
  },
});
