# Values are in machines.auto.tfvars.json, which follows from homelab.yaml. Only the key is yours alone.

variable "ssh_public_key" {
  description = "File with the public keys that may log in to the machines, one a line."
  type        = string
  default     = "~/.ssh/id_ed25519.pub"

  validation {
    condition     = fileexists(pathexpand(var.ssh_public_key))
    error_message = "There is no file ${var.ssh_public_key}, and without a key nobody can log in to the machines. Make one with ssh-keygen -t ed25519, or name the file of yours: export TF_VAR_ssh_public_key=~/.ssh/id_rsa.pub"
  }
}

variable "endpoint" {
  description = "API of a Proxmox host; it answers for all hosts of its Proxmox cluster."
  type        = string
}

variable "cluster" {
  description = "Name of the Kubernetes cluster."
  type        = string
}

variable "image" {
  description = "The disk image that the machines are made from."
  type = object({
    system = string
    url    = string
    sha512 = string
  })
}

variable "resolvers" {
  description = "Whom the machines ask for names."
  type        = list(string)
}

variable "machines" {
  description = "The virtual machines by name: addresses with the size of the LAN, memory in MiB, disk in GiB."
  type = map(object({
    host      = string
    id        = optional(number)
    role      = string
    user      = string
    addresses = map(object({ address = string, router = optional(string) }))
    mac       = string
    cores     = number
    memory    = number
    disk      = number
    storage   = string
    images    = string
    bridge    = string
    vlan      = optional(number)
    queues    = optional(number)
    mapping   = optional(string)
    cards = optional(list(object({
      bridge = string
      vlan   = optional(number)
      mac    = string
    })), [])
  }))
}
