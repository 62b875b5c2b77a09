# The disk image the machines are made from: once on each storage that is used.

locals {
  storages = {
    for machine in values(var.machines) : "${machine.host}/${machine.images}" => machine...
  }
}

resource "proxmox_download_file" "image" {
  for_each = local.storages

  node_name    = each.value[0].host
  datastore_id = each.value[0].images
  content_type = "import"
  url          = var.image.url

  checksum           = var.image.sha512
  checksum_algorithm = "sha512"

  # One name for all versions: machines have a copy of their own and do without the image later.
  file_name = "${var.cluster}-${var.image.system}.qcow2"
}
