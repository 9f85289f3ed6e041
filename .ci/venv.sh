#!/usr/bin/env bash
# venv.sh FOLDER REQUIREMENTS: a virtual environment, made anew only when the requirements have changed
set -euo pipefail
folder=$1 requirements=$2
sum=$(sha256sum <"$requirements")
[[ -f $folder/requirements.sum && $(<"$folder/requirements.sum") == "$sum" ]] && exit
rm -rf "$folder"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check --requirement "$requirements"
"$folder/bin/pip" check
printf '%s\n' "$sum" >"$folder/requirements.sum"
