#!/bin/bash
# A stand-in for production's rollback script: all traffic to the old colour, the basic-answer switch on, DR-05.
# Progress goes to standard output and to the script's log. Each stage is asked of the world, one after the other.
set -u
log='@LOG@'

ask() {
  reply=$(curl -sS --max-time 30 "$@") || { echo 'rollback_stage.sh: production does not answer' >&2; exit 69; }
  code=${reply%%$'\n'*}
  text=${reply#*$'\n'}
}

say() {
  printf '%s\n' "$1" | tee -a "$log"
}

call=()
for word in "$@"; do call+=(--data-urlencode "arg=$word"); done
ask --data-urlencode "key=${GLANCY_KEY-}" --data-urlencode "actor=${SUDO_USER-}" "${call[@]}" '@CONTROL@/internal/rollback'
if [ "$code" != 0 ]; then printf '%s\n' "$text" >&2; exit "$code"; fi
run=$text

for stage in ready traffic kill-switch drill end; do
  [ "$stage" = ready ] || sleep '@PAUSE@'
  ask -X POST "@CONTROL@/internal/rollback/$run/$stage"
  while [ "$code" = 75 ]; do
    sleep 0.5
    ask -X POST "@CONTROL@/internal/rollback/$run/$stage"
  done
  say "$text"
  [ "$code" = 0 ] || exit "$code"
done
