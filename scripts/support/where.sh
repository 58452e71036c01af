# shellcheck shell=bash disable=SC2034
# Tells the other scripts where things are; sourced, never run. Sets: root, deno, v8_flags.
# Follows links, so that a script may be linked to from a folder on PATH.
root=$(readlink -f "${BASH_SOURCE[0]}")
root=${root%/scripts/support/where.sh}

case $(uname -m) in
  x86_64) deno=$root/node_modules/@deno/linux-x64-glibc/deno ;;
  aarch64) deno=$root/node_modules/@deno/linux-arm64-glibc/deno ;;
  *) deno='' ;; # scripts/setup says what to do
esac

# Room for young objects, MB: V8's own 16 fill up with what frames leave behind, pixels
# beside them, before they are looked at: docs/design/capture.md, "Memory".
# scripts/binary/build.ts says the same for the one file.
v8_flags=--max-semi-space-size=2

# Nothing that runs on a box phones home, not even to ask for a newer Deno.
export DENO_NO_UPDATE_CHECK=1

# A service's user may have no home: npm and Deno keep their caches here then.
if [[ ! -w ${HOME:-/nonexistent} ]]; then
  export npm_config_cache=$root/.toolchain/npm DENO_DIR=$root/.toolchain/deno
fi
