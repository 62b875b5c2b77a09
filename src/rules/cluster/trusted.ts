/** Machines that start only what is signed, and disks that open nowhere else. */
import type { Rule } from "../rule.ts";

export const signedStart: Rule = {
  id: "NODE-SIGNED",
  severity: "error",
  title: "boards start without Secure Boot, from a disk that is open",
  because:
    "Secure Boot is a matter of UEFI, and there is no image for boards that has it; they have no TPM either, and whether a board has a number to make a key of nobody has tried.",
  source: "Talos documentation, SecureBoot: UEFI platforms; Disk Encryption: a node UUID that is not random is refused",
  *check({ nodes, cluster: { traits } }) {
    const board = nodes.find((node) => node.traits.board !== undefined);
    if (board === undefined) return;
    if (traits.startsSigned)
      yield {
        message: `cluster.secureBoot is asked for, and ${board.name} is a Raspberry Pi`,
        paths: ["cluster.secureBoot", `cluster.nodes.${board.name}`],
        fix: "leave secureBoot out, or other machines",
      };
    if (traits.diskKeys !== undefined)
      yield {
        message: `cluster.diskEncryption is ${traits.diskKeys}, and ${board.name} is a Raspberry Pi`,
        paths: ["cluster.diskEncryption", `cluster.nodes.${board.name}`],
        fix: "leave diskEncryption out, or other machines",
      };
  },
};

export const sealedStart: Rule = {
  id: "NODE-SEALED",
  severity: "error",
  title: "keys in a TPM are for machines that start signed",
  because:
    "The TPM gives the key to whatever starts in the same way; where anything may start, so may somebody who wants the disk. Talos is told not to make such a key, and its installation would stop.",
  source: "Talos documentation, SecureBoot; configuration reference 1.13, VolumeConfig: checkSecurebootStatusOnEnroll",
  *check({ cluster: { traits } }) {
    if (traits.diskKeys !== "tpm" || traits.startsSigned) return;
    yield {
      message: "cluster.diskEncryption is tpm, and cluster.secureBoot is false",
      paths: ["cluster.diskEncryption", "cluster.secureBoot"],
      fix: "cluster.secureBoot: true, or diskEncryption: node-id against disks that leave the house",
    };
  },
};
