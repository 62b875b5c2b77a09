#!/usr/bin/env bash
# Installs what must run before Flux can look after this repository, then Flux itself. Needs
# kubectl and helm. Charts, versions and values are read from the files it reads afterwards, under the same release names,
# so it takes over what is here and installs nothing twice.
#
# Every step may be repeated: after an interruption run it again from the start.
#
#   bootstrap/apps.sh           installs or upgrades
#   bootstrap/apps.sh --adopt   takes over what runs under these names as well, whoever made it or has written it since
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

case ${1:-} in
  "") adopt=() ;;
  # Another engine applies what a chart makes without leaving Helm's marks on it, and owns the fields it wrote.
  --adopt) adopt=(--server-side=true --force-conflicts --take-ownership) ;;
  *) echo "bootstrap/apps.sh takes --adopt and nothing else" >&2; exit 2 ;;
esac

# stuck WHAT NAMESPACE KINDS: shows what is there before giving up, because a wait that ends says nothing of the reason.
stuck() {
  echo "$1 is not ready. What there is in namespace $2:" >&2
  kubectl --namespace "$2" get "$3" >&2 || true
  echo "docs/troubleshooting.md may know why; correct it and run this again" >&2
  exit 1
}

# field NAME FILE: the value of a key that has one in only one place of a file.
field() {
  sed -n "s/^ *$1: *\(..*\)/\1/p" "$2" | tr -d "\"'"
}

# read_chart FOLDER: chart, version and repository of the release in FOLDER.
read_chart() {
  if [[ -e $1/ocirepository.yaml ]]; then
    chart=$(field url "$1/ocirepository.yaml")
    version=$(field tag "$1/ocirepository.yaml")
  else
    chart=$(field chart "$1/helmrelease.yaml")
    version=$(field version "$1/helmrelease.yaml")
    repository=(--repo "$(field url "$1/helmrepository.yaml")")
  fi
}

# is_mended_by_others NAMESPACE NAME: what Flux looks after already it mends itself.
is_mended_by_others() {
  kubectl --namespace "$1" get helmreleases.helm.toolkit.fluxcd.io "$2" >/dev/null 2>&1
}

# read_remote FOLDER: url and tag of the manifests that the step in FOLDER is made of.
read_remote() {
  url=$(field url "${1%/*}/ks.yaml")
  tag=$(field tag "${1%/*}/ks.yaml")
}

# unblock_release NAMESPACE NAME: helm that was killed leaves its release pending, and refuses every other operation on it
# from then on (Helm documentation, helm rollback and helm uninstall).
unblock_release() {
  local status
  status=$(helm status "$2" --namespace "$1" 2>/dev/null | sed -n 's/^STATUS: *//p' || true)
  [[ $status == pending-* ]] || return 0
  ! is_mended_by_others "$1" "$2" || return 0
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
  read_chart "$3"
  [[ ${4:-} != later ]] || wait=()
  unblock_release "$1" "$2"
  echo "Installing $2 $version in $1"
  helm upgrade "$2" "$chart" ${repository[@]+"${repository[@]}"} --install --version "$version" --namespace "$1" \
    --values "$3/values.yaml" ${wait[@]+"${wait[@]}"} ${adopt[@]+"${adopt[@]}"} || stuck "$2" "$1" pods
}

# apply_objects FOLDER
apply_objects() {
  echo "Applying $1"
  kubectl apply --server-side --force-conflicts --kustomize "$1"
}

# apply_remote FOLDER PATH: manifests of another repository, at the version that is said of the step in FOLDER.
apply_remote() {
  local checkout url tag
  read_remote "$1"
  checkout=$(mktemp -d)
  echo "Applying $2 of $url $tag"
  git -c advice.detachedHead=false clone --quiet --depth 1 --branch "$tag" --filter=blob:none --sparse "$url" "$checkout"
  git -C "$checkout" sparse-checkout set "$2"
  if [[ -e $checkout/$2/kustomization.yaml ]]; then
    kubectl apply --server-side --force-conflicts --kustomize "$checkout/$2"
  else
    kubectl apply --server-side --force-conflicts --filename "$checkout/$2"
  fi
  rm -rf -- "$checkout"
  # A definition is taken at once and served a moment later; whoever comes next has objects of it.
  kubectl wait --for=condition=Established --timeout=2m customresourcedefinitions --all >/dev/null
}

tools=(kubectl helm git)
for tool in "${tools[@]}"; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed" >&2; exit 4; }
done

# Access comes from the file kubeconfig here, unless KUBECONFIG names another one. Another cluster is left alone.
if [[ -z ${KUBECONFIG:-} && -e kubeconfig ]]; then
  export KUBECONFIG=$PWD/kubeconfig
fi
expected=https://10.4.0.10:6443
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

kubectl apply --server-side --force-conflicts --filename kubernetes/apps/tigera-operator/namespace.yaml
kubectl apply --server-side --force-conflicts --filename kubernetes/apps/flux-system/namespace.yaml

apply_remote kubernetes/apps/tigera-operator/calico-crds/app libcalico-go/config/crd
apply_remote kubernetes/apps/tigera-operator/tigera-operator-crds/app charts/crd.projectcalico.org.v1/templates
install_release tigera-operator calico kubernetes/apps/tigera-operator/calico/app
install_release kube-system coredns kubernetes/apps/kube-system/coredns/app
install_release flux-system flux-operator kubernetes/apps/flux-system/flux-operator/app
apply_objects kubernetes/apps/flux-system/flux-operator/instance

echo "Waiting for Flux"
kubectl --namespace flux-system wait --for=condition=Ready fluxinstance/flux --timeout=10m ||
  stuck Flux flux-system fluxinstances.fluxcd.controlplane.io,gitrepositories.source.toolkit.fluxcd.io,pods
echo "Flux reads the repository now: kubectl get kustomizations.kustomize.toolkit.fluxcd.io --all-namespaces"
