import type { Platform } from "../model/platform.ts";
import { bareMetal } from "./bare-metal.ts";
import { existing } from "./existing.ts";
import { k3s } from "./k3s.ts";
import { kubeadm } from "./kubeadm.ts";
import { proxmox } from "./proxmox.ts";
import { raspberryPi } from "./raspberry-pi.ts";
import { talos } from "./talos.ts";

export const platforms: readonly Platform[] = [talos, k3s, kubeadm, existing, bareMetal, proxmox, raspberryPi];
