# Values are in machines.auto.tfvars.json, which follows from homelab.yaml.

variable "endpoint" {
  description = "API of a Proxmox host; it answers for all hosts of its Proxmox cluster."
  type        = string
}

variable "cluster" {
  description = "Name of the Kubernetes cluster."
  type        = string
}

variable "network" {
  description = "What a machine has to know before it has its configuration."
  type = object({
    prefix    = number
    router    = string
    resolvers = list(string)
  })
}

variable "machines" {
  description = "The virtual machines by name: memory in MiB, disk in GiB."
  type = map(object({
    host    = string
    id      = optional(number)
    role    = string
    address = string
    mac     = string
    cores   = number
    memory  = number
    disk    = number
    storage = string
    images  = string
    bridge  = string
    vlan    = optional(number)
    mtu     = optional(number)
    queues  = optional(number)
    mapping = optional(string)
    tpm     = optional(bool, false)
    cards = optional(list(object({
      bridge = string
      vlan   = optional(number)
      mac    = string
    })), [])
  }))
}
