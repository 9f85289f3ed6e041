#!/usr/bin/env bash
# Debian's packages of the tools that judges call, where one is missing: a real Redis with TLS, jq and make.
set -euo pipefail
declare -A package=([redis-server]=redis-server [redis-cli]=redis-tools [jq]=jq [make]=make [openssl]=openssl)
missing=()
for tool in "${!package[@]}"; do
  command -v "$tool" >/dev/null || missing+=("${package[$tool]}")
done
((${#missing[@]} > 0)) || exit 0
export DEBIAN_FRONTEND=noninteractive
sudo=()
((EUID == 0)) || sudo=(sudo)
for attempt in 1 2 3; do # a mirror that is being written says so, and is whole a moment later
  if "${sudo[@]}" apt-get update --quiet --quiet &&
    "${sudo[@]}" apt-get install --quiet --quiet --yes --no-install-recommends "${missing[@]}" >/dev/null; then
    exit 0
  fi
  echo "attempt $attempt failed" >&2
  sleep $((attempt * 5))
done
exit 1
