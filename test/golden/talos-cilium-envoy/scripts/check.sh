#!/usr/bin/env bash
# Builds every kustomization and compares each object with the schema of its kind. Needs kubectl and kubeconform, and the
# internet for the schemas. A kind nobody has published a schema of is passed over.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

for tool in kubectl kubeconform; do
  command -v "$tool" >/dev/null || { echo "$tool is not installed; mise install brings it" >&2; exit 4; }
done

# Custom resources as their projects publish them, collected.
custom='https://raw.githubusercontent.com/datreeio/CRDs-catalog/main/{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json'

failed=0
while IFS= read -r -d '' file; do
  folder=$(dirname -- "$file")
  # A Secret that is encrypted in Git has a key that no Secret has.
  if ! kubectl kustomize "$folder" |
    kubeconform -strict -skip Secret -ignore-missing-schemas -schema-location default -schema-location "$custom"; then
    echo "wrong: $folder" >&2
    failed=1
  fi
done < <(find kubernetes -name kustomization.yaml -print0)
if ((failed)); then
  exit 1
fi
echo "Every kustomization builds, and every object fits its schema."
