# A machine for each entry of machines.auto.tfvars.json.

locals {
  ssh_keys = [
    for line in split("\n", file(pathexpand(var.ssh_public_key))) : trimspace(line)
    if can(regex("^[^#\\s]", trimspace(line)))
  ]
}

resource "proxmox_virtual_environment_vm" "machine" {
  for_each = var.machines

  name        = each.key
  description = "${each.value.role} of ${var.cluster}"
  tags        = sort([var.cluster, each.value.role])
  node_name   = each.value.host
  vm_id       = each.value.id

  machine         = "q35"
  bios            = "ovmf"
  on_boot         = true
  stop_on_destroy = true
  scsi_hardware   = "virtio-scsi-pci"
  boot_order      = ["scsi0"]

  # New cores and memory wait for the next restart: otherwise all machines would restart at once.
  reboot_after_update = false

  operating_system {
    type = "l26"
  }

  # bootstrap/vms.sh installs the guest agent: nobody waits for it here.
  agent {
    enabled = true

    wait_for_ip {
      disabled = true
    }
  }

  cpu {
    cores = each.value.cores
    type  = "host"
  }

  # Kubernetes counts on all of its memory, so none is lent to others.
  memory {
    dedicated = each.value.memory
    floating  = 0
  }

  efi_disk {
    datastore_id      = each.value.storage
    type              = "4m"
    pre_enrolled_keys = false
  }

  # A copy of the image, enlarged; the machine takes the rest of the disk when it first starts.
  disk {
    datastore_id = each.value.storage
    import_from  = proxmox_download_file.image["${each.value.host}/${each.value.images}"].id
    interface    = "scsi0"
    size         = each.value.disk
    file_format  = "raw"
    discard      = "on"
    ssd          = true
  }

  # The image writes what it does to a serial port as well.
  serial_device {}

  # For cloud-init. Beside the disk: a drive of SATA, as IDE is on q35, shows too late when the machine starts.
  initialization {
    datastore_id = each.value.storage
    interface    = "scsi1"

    user_account {
      username = each.value.user
      keys     = local.ssh_keys
    }

    ip_config {
      dynamic "ipv4" {
        for_each = { for family, own in each.value.addresses : family => own if family == "ipv4" }

        content {
          address = ipv4.value.address
          gateway = ipv4.value.router
        }
      }

      dynamic "ipv6" {
        for_each = { for family, own in each.value.addresses : family => own if family == "ipv6" }

        content {
          address = ipv6.value.address
          gateway = ipv6.value.router
        }
      }
    }

    # The domain is one that nobody answers for. Without, machines and their pods look for every name in that of the host too.
    dns {
      domain  = "home.arpa"
      servers = var.resolvers
    }
  }

  network_device {
    bridge      = each.value.bridge
    vlan_id     = each.value.vlan
    model       = "virtio"
    mac_address = upper(each.value.mac)
    queues      = each.value.queues
  }

  # A device of the host, by the name that Proxmox has for it: the device itself may be named by root alone.
  dynamic "hostpci" {
    for_each = each.value.mapping[*]

    content {
      device  = "hostpci0"
      mapping = hostpci.value
      pcie    = true
    }
  }

  # Cards in other networks. Pods send from them with addresses of their own, which the firewall of Proxmox would drop.
  dynamic "network_device" {
    for_each = each.value.cards

    content {
      bridge      = network_device.value.bridge
      vlan_id     = network_device.value.vlan
      model       = "virtio"
      mac_address = upper(network_device.value.mac)
      firewall    = false
    }
  }

  lifecycle {
    # For the first start only. Later cloud-init would take a machine with other values for a new one, and give it new host keys.
    ignore_changes = [disk[0].import_from, initialization, hostpci]

    precondition {
      condition     = length(local.ssh_keys) > 0
      error_message = "${var.ssh_public_key} has no key in it, and without one nobody can log in to the machines."
    }
  }
}
