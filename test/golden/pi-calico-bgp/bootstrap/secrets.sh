#!/usr/bin/env bash
# Gives the cluster the secrets of this network. They are asked for without showing them, go straight to the API and are
# written to no file: nothing of them is in git. Needs kubectl and a running API.
#
#   bootstrap/secrets.sh           what the cluster does not have yet
#   bootstrap/secrets.sh NAME      that one again, to replace its values
#   bootstrap/secrets.sh --list    what there is to fill in, and where it is made
#
# A value can also come from the environment, under the name shown in brackets. @FILE stands for the content of a file.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

wanted=${1:-}

# begin NAMESPACE NAME WHY
begin() {
  namespace=$1 name=$2 manifest=
  if [[ $wanted == --list ]]; then
    printf '\n%s in namespace %s\n  %s\n' "$name" "$namespace" "$3"
    return
  fi
  needed=no
  if [[ $wanted == "$name" ]]; then
    needed=yes found=yes
  elif [[ -z $wanted ]]; then
    if kubectl --namespace "$namespace" get secret "$name" >/dev/null 2>&1; then
      echo "$name in namespace $namespace is there"
    else
      needed=yes
    fi
  fi
  [[ $needed == no ]] || printf '\n%s in namespace %s: %s\n' "$name" "$namespace" "$3"
}

# ask KEY VARIABLE WHAT WHERE
ask() {
  local value="" encoded
  if [[ $wanted == --list ]]; then
    printf '  %s [%s]\n    %s\n    %s\n' "$1" "$2" "$3" "$4"
    return
  fi
  [[ $needed == yes ]] || return 0
  value=${!2:-}
  if [[ -z $value ]]; then
    [[ -t 0 ]] || { echo "$name needs $1: set $2, or run this on a terminal" >&2; exit 2; }
    printf '  %s\n  %s\n  %s [%s]: ' "$3" "$4" "$1" "$2"
    IFS= read -rs value
    echo
  fi
  if [[ $value == @* ]]; then
    [[ -r ${value#@} ]] || { echo "${value#@} cannot be read" >&2; exit 2; }
    value=$(cat -- "${value#@}" && printf x)
    value=${value%x}
  fi
  [[ -n $value ]] || { echo "nothing was given for $1; $name is not made" >&2; exit 2; }
  encoded=$(printf %s "$value" | base64 | tr -d '[:space:]')
  manifest="$manifest  $1: $encoded\n"
}

# finish TYPE: the Secret as it was answered.
finish() {
  [[ $wanted != --list && $needed == yes ]] || return 0
  if ! kubectl get namespace "$namespace" >/dev/null 2>&1; then
    kubectl apply --server-side --force-conflicts --filename "kubernetes/apps/$namespace/namespace.yaml"
  fi
  printf 'apiVersion: v1\nkind: Secret\ntype: %s\nmetadata:\n  name: %s\n  namespace: %s\ndata:\n%b' \
    "$1" "$name" "$namespace" "$manifest" |
    kubectl apply --server-side --force-conflicts --filename -
}

found=no
if [[ $wanted != --list ]]; then
  command -v kubectl >/dev/null || { echo "kubectl is not installed" >&2; exit 4; }
  # Access comes from the file kubeconfig here, unless KUBECONFIG names another one. Another cluster is left alone.
  if [[ -z ${KUBECONFIG:-} && -e kubeconfig ]]; then
    export KUBECONFIG=$PWD/kubeconfig
  fi
  expected=https://10.4.0.10:6443
  reached=$(kubectl config view --minify --output 'jsonpath={.clusters[0].cluster.server}' 2>/dev/null || true)
  if [[ $reached != "$expected" ]]; then
    echo "kubectl reaches ${reached:-no cluster}; the API of this network is $expected" >&2
    exit 4
  fi
fi

begin cert-manager step-ca-provisioner 'it opens the key that requests for certificates of the gateways are signed with'
ask password STEP_CA_PROVISIONER_PASSWORD 'password of the provisioner by which cert-manager asks step-ca' 'bootstrap/step-ca.sh makes it, and with the word give hands it over'
finish Opaque

if [[ -n $wanted && $wanted != --list && $found == no ]]; then
  echo "there is no secret $wanted to fill in; bootstrap/secrets.sh --list names them" >&2
  exit 2
fi
