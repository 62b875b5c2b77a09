import { z } from "zod";
import { labelField } from "../fields/fields.ts";

const BEGIN = "-----BEGIN CERTIFICATE-----";

/** PEM as it is or once more in base64, which is a line. Nothing but one certificate: what stands here is read by all. */
const rootField = () =>
  z.string().transform((text, context): string => {
    const pem = text.includes(BEGIN) ? text : decoded(text);
    if (pem.split(BEGIN).length === 2 && !pem.includes("PRIVATE KEY")) return `${pem.trim()}\n`;
    context.addIssue({
      code: "custom",
      message: pem.includes("PRIVATE KEY")
        ? "this is a key, which stays where it is; expected a certificate"
        : "expected one certificate, as PEM or in base64",
      params: { fix: "the line that bootstrap/step-ca.sh root prints" },
    });
    return z.NEVER;
  });

function decoded(text: string): string {
  try {
    return atob(text.replaceAll(/\s/g, ""));
  } catch {
    return "";
  }
}

export const stepCaOptions = z.strictObject({
  host: labelField()
    .describe("machine step-ca runs on, by its name in lan.hosts: it answers while the cluster does not")
    .meta({ example: "ca" }),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .default(9000)
    .describe("port step-ca listens on")
    .meta({ because: "the documentation of step-ca has it there" }),
  root: rootField()
    .optional()
    .describe(
      "certificate of its root, which bootstrap/step-ca.sh makes and prints as a line; until it is there the cluster has nobody to ask",
    )
    .meta({ kind: "a certificate, as PEM or in base64" }),
  ssh: z
    .boolean()
    .default(false)
    .describe(
      "whether it signs for SSH too: machines that are known without a question, people that get in by a certificate of a day",
    )
    .meta({ because: "it changes how sshd is set up on the machines" }),
  machines: z
    .array(labelField())
    .min(1)
    .optional()
    .describe("machines of lan.hosts that have certificates for SSH, beside the nodes and the one step-ca runs on")
    .meta({ kind: "a list of names", example: ["nas"] }),
});

export type StepCaOptions = z.output<typeof stepCaOptions>;
