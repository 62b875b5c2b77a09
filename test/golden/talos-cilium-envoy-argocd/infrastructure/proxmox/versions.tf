# The virtual machines of this network, made on Proxmox by OpenTofu. docs/proxmox.md says how.
#
# Access comes from the environment and stands in no file:
#   PROXMOX_VE_API_TOKEN    USER@REALM!TOKEN=SECRET
#   PROXMOX_VE_INSECURE     true as long as Proxmox shows the certificate it made for itself

terraform {
  required_version = ">= 1.8.0"

  required_providers {
    proxmox = {
      source  = "bpg/proxmox"
      version = "PIN-proxmox-provider"
    }
  }
}

provider "proxmox" {
  endpoint = var.endpoint
}
