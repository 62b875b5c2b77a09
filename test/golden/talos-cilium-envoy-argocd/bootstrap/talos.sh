#!/usr/bin/env bash
# From machines that have booted the Talos image to a running Kubernetes API. Needs talosctl.
#
#   bootstrap/talos.sh            all steps
#   bootstrap/talos.sh apply      one of: secrets config apply bootstrap kubeconfig
#   bootstrap/talos.sh snapshot   etcd into a file below talos/snapshots, of which the newest ten stay
#   bootstrap/talos.sh upgrade    the version and the extensions of talos/patches/all.yaml, on one machine after the other
#   bootstrap/talos.sh kubernetes    the version of Kubernetes below, on all of them
#   ONLY=NAME[,NAME] bootstrap/talos.sh apply   no other machine is touched
#
# Every step may be repeated. Secrets stay in talos/secrets.yaml, talos/rendered/, talosconfig and kubeconfig, which git
# ignores: back up talos/secrets.yaml, nothing can make it a second time. A snapshot holds every Secret of the cluster.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."
umask 077

# Kubernetes that a new cluster starts with. Later `talosctl upgrade-k8s` moves it.
# renovate: datasource=docker depName=ghcr.io/siderolabs/kubelet
kubernetes_version=PIN-kubernetes

cluster=ragas
endpoint=https://172.16.1.49:6443
secrets=talos/secrets.yaml
rendered=talos/rendered
export TALOSCONFIG=$PWD/talosconfig

# role:name:address, control planes first
machines=(
  controlplane:talos-cp-1:172.16.1.50
  controlplane:talos-cp-2:172.16.1.51
  controlplane:talos-cp-3:172.16.1.52
  worker:talos-worker-1:172.16.1.53
)
# Control planes by address; the first of them starts etcd.
endpoints=(
  172.16.1.50
  172.16.1.51
  172.16.1.52
)
first=${endpoints[0]}

# only NAME: whether ONLY, where it says something, has the machine.
: "${ONLY:=}"
only() {
  [[ -z $ONLY || ,$ONLY, == *,"$1",* ]]
}

# The version of Talos is the one of the installer image.
talos_version() {
  sed -n 's|^ *image: *factory\.talos\.dev/.*:\(v[0-9.]*\).*|\1|p' talos/patches/all.yaml
}

# What no waiting mends: a configuration the machine refuses, a file or an option that is not there. A machine that
# boots answers something else, or with a certificate of its own. Codes: https://grpc.io/docs/guides/status-codes/
permanent='code = (InvalidArgument|PermissionDenied)|unknown (command|flag|shorthand flag)|no such file or directory'

# try TIMES COMMAND…: machines reboot on the way, so some steps have to wait for them, five seconds a try. What is said
# meanwhile is shown once.
try() {
  local times=$1 i answer shown=
  shift
  for ((i = 1; i <= times; i++)); do
    if ((i > 1)); then sleep 5; fi
    if answer=$("$@" 2>&1); then
      if [[ -n $answer ]]; then echo "$answer"; fi
      return
    fi
    if [[ $answer =~ $permanent ]]; then
      printf '%s\nThis does not pass with time.\n' "$answer" >&2
      return 1
    fi
    # Ports and counters aside.
    if [[ ${answer//[0-9]/} != "$shown" ]]; then
      shown=${answer//[0-9]/}
      printf '%s\nTrying again every 5 seconds, up to %s times\n' "$answer" "$((times - i))" >&2
    fi
  done
  echo "Gave up after $times tries" >&2
  return 1
}

# Keys and certificates of the cluster, made once.
step_secrets() {
  if [[ -e $secrets ]]; then
    echo "Keeping $secrets"
  else
    talosctl gen secrets --output-file "$secrets"
  fi
}

# Configuration of each machine, from the secrets and the patches, and access for talosctl in the file talosconfig here.
step_config() {
  local machine role name
  talosctl gen config "$cluster" "$endpoint" --force \
    --with-secrets "$secrets" \
    --talos-version "$(talos_version)" \
    --kubernetes-version "${kubernetes_version#v}" \
    --config-patch @talos/patches/all.yaml \
    --config-patch-control-plane @talos/patches/controlplane.yaml \
    --output-types controlplane,worker,talosconfig \
    --output "$rendered"
  # A folder of their own: a machine may be called worker.
  mkdir -p "$rendered/nodes"
  for machine in "${machines[@]}"; do
    IFS=: read -r role name _ <<<"$machine"
    talosctl machineconfig patch "$rendered/$role.yaml" --patch "@talos/nodes/$name.yaml" --output "$rendered/nodes/$name.yaml"
  done
  mv "$rendered/talosconfig" "$TALOSCONFIG"
  # The machines themselves, not a virtual IP: that one needs a running etcd.
  talosctl config endpoint "${endpoints[@]}"
  talosctl config node "$first"
}

# Sends each machine its configuration: a new one installs itself and reboots, a known one takes what changed.
step_apply() {
  local machine name address
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name address <<<"$machine"
    only "$name" || continue
    echo "Configuring $name ($address)"
    try 60 send "$address" "$rendered/nodes/$name.yaml"
  done
}

# send ADDRESS FILE: a machine without configuration answers without asking who is there.
send() {
  if talosctl get links --insecure --nodes "$1" >/dev/null 2>&1; then
    talosctl apply-config --insecure --nodes "$1" --file "$2"
  else
    talosctl apply-config --nodes "$1" --file "$2"
  fi
}

# Starts etcd on the first control plane, once in the life of the cluster; the others join it.
step_bootstrap() {
  echo "Waiting for etcd on $first"
  try 120 start_etcd
}

# A machine that was replaced has an empty disk and would accept a second start: as long as etcd runs on any other,
# it joins that one.
start_etcd() {
  local address
  for address in "${endpoints[@]}"; do
    talosctl etcd members --endpoints "$address" --nodes "$address" >/dev/null 2>&1 && return
  done
  talosctl bootstrap --endpoints "$first" --nodes "$first"
}

# Access for kubectl, in the file kubeconfig here.
step_kubeconfig() {
  try 60 talosctl kubeconfig kubeconfig --force --merge=false --endpoints "$first" --nodes "$first"
  echo "Access for kubectl: export KUBECONFIG=$PWD/kubeconfig"
}

# etcd as a file here, from the first control plane that answers.
step_snapshot() {
  local address file kept i
  mkdir -p talos/snapshots
  file=talos/snapshots/etcd-$(date -u +%Y%m%dT%H%M%SZ).db
  for address in "${endpoints[@]}"; do
    # Under another name until it is whole: of one second there may be another.
    if talosctl etcd snapshot "$file.part" --endpoints "$address" --nodes "$address"; then
      mv -- "$file.part" "$file"
      # Their names are in the order of time.
      kept=(talos/snapshots/etcd-*.db)
      for ((i = 0; i < ${#kept[@]} - 10; i++)); do rm -f -- "${kept[i]}"; done
      return
    fi
  done
  rm -f -- "$file.part"
  echo "No control plane gives a snapshot of etcd" >&2
  return 1
}

# installer NAME: the image a machine is installed from: its own, where it has a graphics card, or that of all.
installer() {
  cat "talos/nodes/$1.yaml" talos/patches/all.yaml | sed -n 's|^ *image: *\(factory\.talos\.dev/[^ ]*\).*|\1|p' | head -n 1
}

# minor VERSION: its second number
minor() {
  local numbers=${1#v*.}
  echo "${numbers%%.*}"
}

# Talos, on one machine after the other: each is drained, restarts and has to be well before the next.
step_upgrade() {
  local machine name address image wanted schematic running saved=
  for machine in "${machines[@]}"; do
    IFS=: read -r _ name address <<<"$machine"
    only "$name" || continue
    image=$(installer "$name")
    wanted=${image##*:}
    schematic=${image%:*}
    running=$(talosctl get version --endpoints "$first" --nodes "$address" --output 'jsonpath={.spec.version}')
    # Among the extensions of an image is one that says which schematic it is of.
    if [[ $running == "$wanted" &&
      $(talosctl get extensions --endpoints "$first" --nodes "$address" --output 'jsonpath={.spec.metadata.version}') == *"${schematic##*/}"* ]]; then
      echo "$name has Talos $running, and what belongs to it"
      continue
    fi
    if (($(minor "$wanted") - $(minor "$running") > 1 || $(minor "$wanted") < $(minor "$running"))); then
      echo "$name has Talos $running, from where no step leads to $wanted: one minor version at a time, and none back" >&2
      exit 1
    fi
    [[ -n $saved ]] || step_snapshot
    saved=yes
    echo "Upgrading $name from Talos $running to $wanted"
    talosctl upgrade --endpoints "$address" --nodes "$address" --image "$image"
    talosctl health --endpoints "$address" --nodes "$address" --wait-timeout 10m
  done
}

# Kubernetes, on all machines. talosctl looks what runs, and refuses to skip a minor version.
step_kubernetes() {
  step_snapshot
  talosctl upgrade-k8s --endpoints "$first" --nodes "$first" --to "${kubernetes_version#v}"
}

command -v talosctl >/dev/null || { echo "talosctl is not installed" >&2; exit 4; }

for name in ${ONLY//,/ }; do
  [[ " ${machines[*]} " == *:"$name":* ]] || { echo "ONLY has $name, and no machine is called so" >&2; exit 2; }
done

if (($# == 0)); then
  set -- secrets config apply bootstrap kubeconfig
fi
for step in "$@"; do
  case $step in
    secrets | config | apply | bootstrap | kubeconfig | snapshot | upgrade | kubernetes) "step_$step" ;;
    *)
      echo "there is no step $step; there are secrets, config, apply, bootstrap, kubeconfig, snapshot, upgrade, kubernetes" >&2
      exit 2
      ;;
  esac
done
