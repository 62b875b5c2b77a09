/**
 * The disk that machines with a Linux start from where the repository makes them. Of Debian's images `generic` has the kernel
 * of every Debian, with all its drivers; that of `genericcloud` leaves some out, the one for a cloud-init drive on SATA among
 * them (debian-cloud-images, src/debian_cloud_images/resources/image.yaml; virt-manager/virt-manager#445).
 *
 * No pin: Renovate could move the version and not the sum beside it. Machines bring themselves up to date when they first
 * start, so an image may be months old. The sum is the one of SHA512SUMS in the same folder, which nobody signs.
 */
import type { CloudImage } from "../../model/machines.ts";

const RELEASE = "20260831-2587";

export const debian: Omit<CloudImage, "least"> = {
  kind: "cloud-image",
  system: "Debian 13",
  slug: "debian-13",
  url: `https://cloud.debian.org/images/cloud/trixie/${RELEASE}/debian-13-generic-amd64-${RELEASE}.qcow2`,
  sha512:
    "5a069019420fb9441ad4f8004c661fadb747edd5662ca54a17c8f923dee7d717e21dbdaa4ba72d6fce7f920e0217f0a9af382298a7d46ed4bc9dc33ac19181b6",
  // debian-cloud-images, config_space/13/files/etc/cloud/cloud.cfg.d: with sudo and no password, by any name it is given.
  user: "debian",
};
