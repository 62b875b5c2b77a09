#!/usr/bin/env bash
# Installs what must run before Flux can look after this repository, then Flux itself. Needs kubectl and helm. Charts,
# versions and values are read from the files Flux reads afterwards, under the same release names, so Flux takes over
# what is here and installs nothing twice.
#
# Every step may be repeated: after an interruption run it again from the start.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

# field NAME FILE: the value of a key that has one in only one place of a file.
field() {
  sed -n "s/^ *$1: *\(..*\)/\1/p" "$2" | tr -d "\"'"
}

# stuck WHAT NAMESPACE KINDS: shows what is there before giving up, because a wait that ends says nothing of the reason.
stuck() {
  echo "$1 is not ready. What there is in namespace $2:" >&2
  kubectl --namespace "$2" get "$3" >&2 || true
  echo "docs/troubleshooting.md may know why; correct it and run this again" >&2
  exit 1
}

# unblock_release NAMESPACE NAME: helm that was killed leaves its release pending, and refuses every other operation on it
# from then on (Helm documentation, helm rollback and helm uninstall). What Flux looks after already it mends itself.
unblock_release() {
  local status
  status=$(helm status "$2" --namespace "$1" 2>/dev/null | sed -n 's/^STATUS: *//p' || true)
  [[ $status == pending-* ]] || return 0
  if kubectl --namespace "$1" get helmreleases.helm.toolkit.fluxcd.io "$2" >/dev/null 2>&1; then
    return 0
  fi
  echo "$2 is $status: an earlier run was interrupted"
  if [[ $status == pending-install ]]; then
    helm uninstall "$2" --namespace "$1" --wait --timeout 5m
  else
    helm rollback "$2" --namespace "$1"
  fi
}

# install_release NAMESPACE NAME FOLDER [later]: with `later` nobody waits for its pods, because some of them need what
# comes after it.
install_release() {
  local chart version
  local wait=(--wait --timeout 15m)
  local repository=() # an empty list is no error to the bash 3.2 of macOS when it is written like below
  if [[ -e $3/ocirepository.yaml ]]; then
    chart=$(field url "$3/ocirepository.yaml")
    version=$(field tag "$3/ocirepository.yaml")
  else
    chart=$(field chart "$3/helmrelease.yaml")
    version=$(field version "$3/helmrelease.yaml")
    repository=(--repo "$(field url "$3/helmrepository.yaml")")
  fi
  [[ ${4:-} != later ]] || wait=()
  unblock_release "$1" "$2"
  echo "Installing $2 $version in $1"
  helm upgrade "$2" "$chart" ${repository[@]+"${repository[@]}"} --install --version "$version" --namespace "$1" \
    --values "$3/values.yaml" ${wait[@]+"${wait[@]}"} || stuck "$2" "$1" pods
}

# apply_objects FOLDER
apply_objects() {
  echo "Applying $1"
  kubectl apply --server-side --force-conflicts --kustomize "$1"
}

tools=(kubectl helm)
for tool in "${tools[@]}"; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 4; }
done

# Access comes from the file kubeconfig here, unless KUBECONFIG names another one. Another cluster is left alone.
if [[ -z ${KUBECONFIG:-} && -e kubeconfig ]]; then
  export KUBECONFIG=$PWD/kubeconfig
fi
expected=https://192.168.1.230:6443
found=$(kubectl config view --minify --output 'jsonpath={.clusters[0].cluster.server}' 2>/dev/null || true)
if [[ $found != "$expected" ]]; then
  echo "kubectl reaches ${found:-no cluster}; the API of this network is $expected" >&2
  echo "docs/bootstrap.md says how to get access" >&2
  exit 4
fi

# Nodes join first and become ready later: readiness needs the pod network, which is installed next.
echo "Waiting for a node to join"
for _ in {1..120}; do
  nodes=$(kubectl get nodes --output name 2>/dev/null || true)
  [[ -z "$nodes" ]] || break
  sleep 5
done
[[ -n "$nodes" ]] || { echo "no node has joined within ten minutes; docs/bootstrap.md says how they do" >&2; exit 4; }

kubectl apply --server-side --force-conflicts --filename kubernetes/apps/flux-system/namespace.yaml

install_release kube-system cilium kubernetes/apps/kube-system/cilium/app later
install_release kube-system coredns kubernetes/apps/kube-system/coredns/app
install_release flux-system flux-operator kubernetes/apps/flux-system/flux-operator/app
apply_objects kubernetes/apps/flux-system/flux-operator/instance

echo "Waiting for Flux"
kubectl --namespace flux-system wait --for=condition=Ready fluxinstance/flux --timeout=10m ||
  stuck Flux flux-system fluxinstances.fluxcd.controlplane.io,gitrepositories.source.toolkit.fluxcd.io,pods
echo "Flux reads the repository now: kubectl get kustomizations.kustomize.toolkit.fluxcd.io --all-namespaces"
