# The image the machines are started from: once on each storage that is used.

locals {
  # Version, schematic and whether it is signed are those of the installer, so that both stand in one place only.
  installer = regex(
    "factory\\.talos\\.dev/nocloud-installer(?P<signed>(?:-secureboot)?)/(?P<schematic>[0-9a-f]{64}):(?P<version>v[0-9.]+)",
    file("${path.module}/../../talos/patches/all.yaml"),
  )

  # nocloud: Talos reads its address from a drive that Proxmox attaches, and needs no DHCP.
  image = "https://factory.talos.dev/image/${local.installer.schematic}/${local.installer.version}/nocloud-amd64${local.installer.signed}.iso"

  storages = {
    for machine in values(var.machines) : "${machine.host}/${machine.images}" => machine...
  }
}

resource "proxmox_download_file" "image" {
  for_each = local.storages

  node_name    = each.value[0].host
  datastore_id = each.value[0].images
  content_type = "iso"
  url          = local.image

  # One name for all versions: machines keep it as their CD, and a VM whose CD is gone does not start.
  file_name = "talos-${var.cluster}.iso"
}
