# Network of a client of Nomad on fenn, which may be a node of Kubernetes as well. It belongs into /etc/nomad.d,
# beside your own files.

advertise {
  http = "10.4.0.15"
  rpc  = "10.4.0.15"
  serf = "10.4.0.15"
}

client {
  enabled = true
  servers = [
    "10.4.0.11:4647",
    "10.4.0.12:4647",
    "10.4.0.13:4647"
  ]

  # Programs and networks of the pod network are in /opt/cni/bin and /etc/cni/net.d, and come and go with it.
  cni_path       = "/opt/nomad/cni/bin"
  cni_config_dir = "/opt/nomad/cni/config"

  # Addresses that neither the house nor Kubernetes has.
  bridge_network_name   = "nomad"
  bridge_network_subnet = "172.26.64.0/20"

  # NodePorts of Kubernetes begin right behind.
  min_dynamic_port = 20000
  max_dynamic_port = 29999
}
