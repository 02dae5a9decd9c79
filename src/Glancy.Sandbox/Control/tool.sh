#!/bin/bash
# A stand-in for a production tool: hands its arguments to the world, prints the answer, ends with its exit code.
set -u
call=()
for word in "$@"; do call+=(--data-urlencode "arg=$word"); done
reply=$(curl -sS --max-time 30 --data-urlencode "key=${GLANCY_KEY-}" --data-urlencode "actor=${SUDO_USER-}" \
  "${call[@]}" '@CONTROL@/internal/@TOOL@') || { echo '@TOOL@: production does not answer' >&2; exit 69; }
code=${reply%%$'\n'*}
text=${reply#*$'\n'}
if [ "$code" = 0 ]; then printf '%s\n' "$text"; else printf '%s\n' "$text" >&2; fi
exit "$code"
