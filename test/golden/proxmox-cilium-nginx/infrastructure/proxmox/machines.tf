# A machine for each entry of machines.auto.tfvars.json.

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

  # New cores and memory wait for the next restart: otherwise all machines would restart at once.
  reboot_after_update = false

  # Talos can hang at its start on virtio-scsi-single (siderolabs/talos#11173).
  scsi_hardware = "virtio-scsi-pci"

  # An empty disk does not start, so the first start is from the image and every later one from the disk.
  boot_order = ["scsi0", "ide2"]

  operating_system {
    type = "l26"
  }

  # The guest agent is in the image, and starts once Talos is installed: nobody waits for it here.
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

  # Keys of Microsoft would refuse a Talos that is not signed by them. Without any, a signed image brings its own.
  efi_disk {
    datastore_id      = each.value.storage
    type              = "4m"
    pre_enrolled_keys = false
  }

  # Keeps the keys of disks that are encrypted with it.
  dynamic "tpm_state" {
    for_each = each.value.tpm ? [each.value.storage] : []

    content {
      datastore_id = tpm_state.value
      version      = "v2.0"
    }
  }

  # /dev/sda of the machine.
  disk {
    datastore_id = each.value.storage
    interface    = "scsi0"
    size         = each.value.disk
    file_format  = "raw"
    discard      = "on"
    ssd          = true
  }

  # Of IDE, q35 has ide0 and ide2 only.
  cdrom {
    file_id   = proxmox_download_file.image["${each.value.host}/${each.value.images}"].id
    interface = "ide2"
  }

  # The machine has its own address from the first start on, before it has a configuration.
  initialization {
    datastore_id = each.value.storage
    interface    = "ide0"

    ip_config {
      ipv4 {
        address = "${each.value.address}/${var.network.prefix}"
        gateway = var.network.router
      }
    }

    dns {
      servers = var.network.resolvers
    }
  }

  # talos/nodes finds the card by its MAC address.
  network_device {
    bridge      = each.value.bridge
    vlan_id     = each.value.vlan
    model       = "virtio"
    mac_address = upper(each.value.mac)
    mtu         = each.value.mtu
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
    # What is needed for the first start only may change without touching a machine that runs; devices of the host are there
    # from its first start, or whoever owns the host adds them.
    ignore_changes = [cdrom, boot_order, hostpci]
  }
}
